package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.leakwatch.core.profile.SampleType;
import io.leakwatch.core.profile.StackLine;
import io.leakwatch.core.profile.StackProfile;
import io.leakwatch.core.profile.StackSample;

/**
 * The functions of a profile that have most, as {@code go tool pprof -top} lists them:
 * flat is what a function has itself, cumulative with all that it has called.
 */
final class ProfileTop {

	private static final int ROWS = 50;

	private ProfileTop() {
	}

	/**
	 * Makes the table.
	 * @param profile the profile, of which the last type counts
	 * @param byCumulative whether the functions with most below them come first
	 */
	static String of(StackProfile profile, boolean byCumulative) {
		int type = profile.types().size() - 1;
		SampleType shown = profile.types().get(type);
		Map<String, Long> flat = new HashMap<>();
		Map<String, Long> cumulative = new HashMap<>();
		long total = 0;
		for (StackSample sample : profile.samples()) {
			long value = sample.values().get(type);
			total += value;
			Set<String> passed = new HashSet<>();
			for (int i = 0; i < sample.stack().size(); i++) {
				StackLine line = sample.stack().get(i);
				if (i == 0) {
					flat.merge(line.function(), value, Long::sum);
				}
				if (passed.add(line.function())) {
					cumulative.merge(line.function(), value, Long::sum);
				}
			}
		}
		StringBuilder text = new StringBuilder("Type: " + shown.name() + "\n");
		profile.comments().forEach((comment) -> text.append(comment).append('\n'));
		text.append("Total: ").append(value(shown, total)).append('\n');
		TextTable table = new TextTable(">FLAT", ">FLAT%", ">CUM", ">CUM%", "FUNCTION");
		Comparator<String> byFlat = Comparator.comparingLong((String name) -> flat.getOrDefault(name, 0L));
		Comparator<String> byCum = Comparator.comparingLong((String name) -> cumulative.getOrDefault(name, 0L));
		Comparator<String> most = byCumulative ? byCum.thenComparing(byFlat) : byFlat.thenComparing(byCum);
		long all = Math.max(1, total);
		cumulative.keySet()
			.stream()
			.sorted(most.reversed().thenComparing(Comparator.naturalOrder()))
			.limit(ROWS)
			.forEach((name) -> {
				long own = flat.getOrDefault(name, 0L);
				long withBelow = cumulative.getOrDefault(name, 0L);
				table.row(value(shown, own), percent(own, all), value(shown, withBelow), percent(withBelow, all), name);
			});
		return text.append(table).toString();
	}

	private static String value(SampleType type, long value) {
		return type.unit().equals("bytes") ? Units.bytes(value) : Units.count(value);
	}

	private static String percent(long value, long total) {
		return String.format(Locale.ROOT, "%.1f%%", 100.0 * value / total);
	}

}
