package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows suspicions from tick to tick. A suspect that is no longer found is kept for
 * {@value #TICKS_OF_GRACE} more ticks, so that one noisy point does not end it. At most
 * {@value #MAXIMUM_SUSPECTS} are kept, the likeliest. For one thread.
 */
public final class SuspectLedger {

	private static final int TICKS_OF_GRACE = 3;

	private static final int MAXIMUM_SUSPECTS = 50;

	private static final Comparator<Entry> LIKELIEST_FIRST = Comparator
		.comparing((Entry entry) -> entry.suspect.finding().severity())
		.reversed()
		.thenComparingInt((entry) -> entry.rank)
		.thenComparing((entry) -> entry.suspect.id());

	private final Map<String, Entry> entries = new HashMap<>();

	private List<Suspect> ranked = List.of();

	/**
	 * Takes what was found at a tick.
	 * @param findings the findings of all detectors, the most telling first
	 * @param now the tick's moment
	 * @return the suspects whose severity rose by this, new ones included
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
			this.entries.put(id, new Entry(suspect, rank++));
			if (known == null || finding.severity().compareTo(known.suspect.finding().severity()) > 0) {
				risen.add(suspect);
			}
		}
		this.entries.values().removeIf((entry) -> entry.ticksMissed > TICKS_OF_GRACE);
		this.ranked = this.entries.values()
			.stream()
			.sorted(LIKELIEST_FIRST)
			.map((entry) -> entry.suspect)
			.limit(MAXIMUM_SUSPECTS)
			.toList();
		this.entries.values().removeIf((entry) -> !this.ranked.contains(entry.suspect));
		// What is not kept would be found, and told as new, at each tick.
		risen.retainAll(this.ranked);
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

		private int ticksMissed;

		private Entry(Suspect suspect, int rank) {
			this.suspect = suspect;
			this.rank = rank;
		}

	}

}
