package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Follows suspicions from tick to tick. A suspect that is no longer found is kept for
 * {@value #TICKS_OF_GRACE} more ticks, so that one noisy point does not end it. One that
 * was more than a watch, and whose holder still has what it got, is kept for as long
 * again as it was found, up to {@value #TICKS_OF_PAUSE}: a leak pauses with the traffic.
 * At most {@value #MAXIMUM_SUSPECTS} are kept, the likeliest. For one thread.
 */
public final class SuspectLedger {

	private static final int TICKS_OF_GRACE = 3;

	private static final int TICKS_OF_PAUSE = 60;

	/**
	 * How long it is remembered what was told of a suspect, so that one which comes and
	 * goes is told once.
	 */
	private static final int TICKS_REMEMBERED = 240;

	private static final int MAXIMUM_SUSPECTS = 50;

	private static final Comparator<Entry> LIKELIEST_FIRST = Comparator
		.comparing((Entry entry) -> entry.suspect.finding().severity())
		.reversed()
		.thenComparingInt((entry) -> entry.rank)
		.thenComparing((entry) -> entry.suspect.id());

	private final Map<String, Entry> entries = new HashMap<>();

	private List<Suspect> ranked = List.of();

	/**
	 * A ledger without suspects.
	 */
	public SuspectLedger() {
	}

	/**
	 * Takes what was found at a tick.
	 * @param joined what was found, the most telling first
	 * @param held whether the holder of a finding is known to have as much as ever
	 * @param now the tick's moment
	 * @return the suspects that are more severe than was told of them before, new ones
	 * included
	 */
	public List<Suspect> update(List<Joined> joined, Predicate<Finding> held, Instant now) {
		List<Suspect> risen = new ArrayList<>();
		int rank = 0;
		this.entries.values().forEach((entry) -> entry.ticksMissed++);
		for (Joined each : joined) {
			String id = Suspect.fingerprint(each.finding());
			Entry known = this.entries.get(id);
			Instant firstSeen = (known != null) ? known.suspect.firstSeen() : now;
			Entry entry = new Entry(new Suspect(id, firstSeen, now, each.finding()), rank++);
			if (known != null) {
				entry.told = known.told;
				entry.ticksAboveWatch += known.ticksAboveWatch;
			}
			each.parts().forEach((part) -> replace(part, id, entry));
			this.entries.put(id, entry);
		}
		this.entries.values().removeIf((entry) -> entry.ticksMissed > TICKS_REMEMBERED);
		List<Entry> kept = this.entries.values()
			.stream()
			.filter((entry) -> entry.isKept(held))
			.sorted(LIKELIEST_FIRST)
			.limit(MAXIMUM_SUSPECTS)
			.toList();
		for (Entry entry : kept) {
			Severity severity = entry.suspect.finding().severity();
			if (entry.told == null || severity.compareTo(entry.told) > 0) {
				entry.told = severity;
				risen.add(entry.suspect);
			}
		}
		this.ranked = kept.stream().map((entry) -> entry.suspect).toList();
		// What is not kept may only be remembered if it was told.
		this.entries.values().removeIf((entry) -> entry.told == null);
		return risen;
	}

	/**
	 * Ends a suspect that turned out to be a part of another. What was told of it was
	 * told of the other, and is not told again should it come back.
	 */
	private void replace(Finding part, String id, Entry by) {
		Entry known = this.entries.get(Suspect.fingerprint(part));
		if (known != null && !known.suspect.id().equals(id) && known.told != null) {
			known.ticksMissed = Math.max(known.ticksMissed, TICKS_OF_GRACE + 1);
			known.ticksAboveWatch = 0;
			if (by.told == null || known.told.compareTo(by.told) > 0) {
				by.told = known.told;
			}
			if (known.suspect.firstSeen().isBefore(by.suspect.firstSeen())) {
				Suspect newer = by.suspect;
				by.suspect = new Suspect(id, known.suspect.firstSeen(), newer.lastSeen(), newer.finding());
			}
		}
	}

	/**
	 * The suspects: the most severe first, and of those the most telling.
	 * @return an immutable list
	 */
	public List<Suspect> ranked() {
		return this.ranked;
	}

	private static final class Entry {

		private Suspect suspect;

		private final int rank;

		/** The highest severity that was told. */
		private @Nullable Severity told;

		private int ticksMissed;

		/** For how many ticks it was found to be more than a watch. */
		private int ticksAboveWatch;

		private Entry(Suspect suspect, int rank) {
			this.suspect = suspect;
			this.rank = rank;
			this.ticksAboveWatch = isAboveWatch() ? 1 : 0;
		}

		private boolean isAboveWatch() {
			return this.suspect.finding().severity() != Severity.WATCH;
		}

		private boolean isKept(Predicate<Finding> held) {
			return this.ticksMissed <= TICKS_OF_GRACE
					|| (isAboveWatch() && this.ticksMissed <= Math.min(this.ticksAboveWatch, TICKS_OF_PAUSE)
							&& held.test(this.suspect.finding()));
		}

	}

}
