package io.leakwatch.core.profile;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A profile that {@code go tool pprof} and whatever else reads its format opens: stacks
 * of code, or of anything else that has names, each with some values. All of it is in
 * memory until it is written. For one thread.
 *
 * <p>
 * The format is the message {@code perftools.profiles.Profile} of pprof's
 * {@code profile.proto}, compressed by gzip. There are no mappings and no addresses: a
 * location is a line of a function.
 */
final class PprofProfile {

	private final ProtocolBuffer profile = new ProtocolBuffer();

	private final Map<String, Integer> strings = new LinkedHashMap<>();

	private final Map<String, Integer> functions = new LinkedHashMap<>();

	private final Map<StackLine, Integer> locations = new LinkedHashMap<>();

	private final int types;

	/**
	 * A profile without samples.
	 * @param types what each sample has a value of, at least one; the last one is what
	 * tools show unless asked for another
	 */
	PprofProfile(List<SampleType> types) {
		if (types.isEmpty()) {
			throw new IllegalArgumentException("A profile has at least one type of value");
		}
		this.types = types.size();
		// Zero stands for no text.
		string("");
		for (SampleType type : types) {
			this.profile.message(1, new ProtocolBuffer().number(1, string(type.name())).number(2, string(type.unit())));
		}
		this.profile.number(14, string(types.get(types.size() - 1).name()));
	}

	/** Adds a sample. */
	void add(StackSample added) {
		if (added.values().size() != this.types) {
			throw new IllegalArgumentException(
					"A sample of this profile has %d values, and not %d".formatted(this.types, added.values().size()));
		}
		ProtocolBuffer sample = new ProtocolBuffer()
			.packed(1, added.stack().stream().mapToLong(this::location).toArray())
			.packed(2, added.values().stream().mapToLong(Long::longValue).toArray());
		added.labels()
			.forEach((name, value) -> sample.message(3,
					new ProtocolBuffer().number(1, string(name)).number(2, string(value))));
		this.profile.message(2, sample);
	}

	/**
	 * Adds a sentence for those who read the profile, which {@code pprof -comments}
	 * shows.
	 * @param comment the sentence
	 */
	void comment(String comment) {
		this.profile.number(13, string(comment));
	}

	/**
	 * Writes the profile, compressed, and leaves the stream open. To be called once.
	 * @param out where to
	 * @param at the moment that the profile is of, or at which it begins
	 * @param duration how long it took
	 * @throws IOException if it cannot be written
	 */
	void writeTo(OutputStream out, Instant at, Duration duration) throws IOException {
		this.profile.number(9, at.getEpochSecond() * 1_000_000_000L + at.getNano()).number(10, duration.toNanos());
		this.strings.keySet().forEach((string) -> this.profile.text(6, string));
		GZIPOutputStream compressed = new GZIPOutputStream(out);
		compressed.write(this.profile.toByteArray());
		compressed.finish();
	}

	private int location(StackLine line) {
		Integer known = this.locations.get(line);
		if (known != null) {
			return known;
		}
		int id = this.locations.size() + 1;
		this.locations.put(line, id);
		this.profile.message(4, new ProtocolBuffer().number(1, id)
			.message(4, new ProtocolBuffer().number(1, function(line)).number(2, Math.max(0, line.number()))));
		return id;
	}

	private int function(StackLine line) {
		String key = line.function() + '\n' + line.file();
		Integer known = this.functions.get(key);
		if (known != null) {
			return known;
		}
		int id = this.functions.size() + 1;
		this.functions.put(key, id);
		int name = string(line.function());
		this.profile.message(5,
				new ProtocolBuffer().number(1, id).number(2, name).number(3, name).number(4, string(line.file())));
		return id;
	}

	private int string(String text) {
		return this.strings.computeIfAbsent(text, (key) -> this.strings.size());
	}

}
