package io.leakwatch.core.suspect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tells, by chains to GC roots and by heap dumps, which classes are really kept ever more
 * of, without waiting for old collections.
 *
 * <p>
 * That objects of all ages are held at one place is not yet a leak: a full cache holds
 * them too, while those that it gives up pile up as garbage, which a histogram counts.
 * But where each stays for so long, there are as many from the beginning on as come in
 * within that time. So what is held there must be more than there was of the class at
 * first. For one thread.
 */
final class Retentions {

	private List<Retention> known = List.of();

	private @Nullable DumpedHolders dumped;

	/** How many there were of each class that grows, before it was known to grow. */
	private final Map<String, Double> atFirst = new HashMap<>();

	/** Takes the classes that grow now. */
	void follow(List<GrowingClass> growing) {
		this.atFirst.keySet().retainAll(growing.stream().map(GrowingClass::className).toList());
		growing.forEach((each) -> this.atFirst.computeIfAbsent(each.className(), (name) -> each.lowest()));
	}

	/** Takes what is known now, in place of what was. */
	void replace(List<Retention> retentions) {
		this.known = List.copyOf(retentions);
	}

	/** Takes who holds what in a heap dump. */
	void dumped(DumpedHolders holders) {
		this.dumped = holders;
	}

	/**
	 * Who keeps ever more of a class.
	 * @param lead the class
	 * @param growing all classes that grow
	 * @return who does, {@code null} where that is not sure
	 */
	@Nullable Retention of(GrowingClass lead, List<GrowingClass> growing) {
		List<GrowingClass> together = growing.stream()
			.filter((each) -> each.equals(lead) || each.keepsPaceWith(lead) || lead.keepsPaceWith(each))
			.toList();
		for (Retention retention : all(lead)) {
			if (together.stream().anyMatch((each) -> each.className().equals(retention.className()))
					&& together.stream().anyMatch((each) -> isMoreThanAtFirst(each, retention))) {
				return retention;
			}
		}
		return null;
	}

	/** What a dump tells is exact, what was sampled is not. */
	private List<Retention> all(GrowingClass lead) {
		DumpedHolder holder = (this.dumped != null) ? this.dumped.of(lead.className()) : null;
		if (holder == null) {
			return this.known;
		}
		List<Retention> all = new ArrayList<>(List.of(retention(holder, lead)));
		all.addAll(this.known);
		return all;
	}

	/**
	 * Of one dump counts what is more than there was at first, of two what was gained.
	 */
	private Retention retention(DumpedHolder holder, GrowingClass lead) {
		double gained = holder.count() - this.atFirst.getOrDefault(lead.className(), lead.lowest());
		Duration keptFor = holder.grows(lead.perMinute()) ? doubling(lead)
				: Duration.ofMillis(Math.max(0, Math.round(gained / lead.perMinute() * 60_000)));
		return new Retention(lead.className(), holder.holder(), 1, keptFor, holder.toEvidence());
	}

	/**
	 * How long it takes until there are as many more of a class as there were at first.
	 */
	Duration doubling(GrowingClass grown) {
		double atFirst = this.atFirst.getOrDefault(grown.className(), grown.lowest());
		return Duration.ofMillis(Math.round(atFirst / grown.perMinute() * 60_000));
	}

	private boolean isMoreThanAtFirst(GrowingClass grown, Retention retention) {
		double keptMillis = retention.keptFor().toMillis() * retention.keptShare();
		return grown.proven() || keptMillis >= doubling(grown).toMillis();
	}

}
