package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Follows suspicions from tick to tick. A suspect that is no longer found is kept for
 * {@value #TICKS_OF_GRACE} more ticks, so that one noisy point does not end it. At most
 * {@value #MAXIMUM_SUSPECTS} are kept, the likeliest. For one thread.
 */
public final class SuspectLedger {

	private static final int TICKS_OF_GRACE = 3;

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
	 * @param findings the findings of all detectors, the most telling first
	 * @param now the tick's moment
	 * @return the suspects that are more severe than was told of them before, new ones
	 * included
	 */
	public List<Suspect> update(List<Finding> findings, Instant now) {
		List<Suspect> risen = new ArrayList<>();
		int rank = 0;
		this.entries.values().forEach((entry) -> entry.ticksMissed++);
		for (Finding finding : findings) {
			String id = Suspect.fingerprint(finding);
			Entry known = this.entries.get(id);
			Instant firstSeen = (known != null) ? known.suspect.firstSeen() : now;
			Suspect suspect = new Suspect(id, firstSeen, now, finding);
			Entry entry = new Entry(suspect, rank++);
			entry.told = (known != null) ? known.told : null;
			this.entries.put(id, entry);
		}
		this.entries.values().removeIf((entry) -> entry.ticksMissed > TICKS_REMEMBERED);
		List<Entry> kept = this.entries.values()
			.stream()
			.filter((entry) -> entry.ticksMissed <= TICKS_OF_GRACE)
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
	 * The suspects: the most severe first, and of those the most telling.
	 * @return an immutable list
	 */
	public List<Suspect> ranked() {
		return this.ranked;
	}

	private static final class Entry {

		private final Suspect suspect;

		private final int rank;

		/** The highest severity that was told. */
		private @Nullable Severity told;

		private int ticksMissed;

		private Entry(Suspect suspect, int rank) {
			this.suspect = suspect;
			this.rank = rank;
		}

	}

}
