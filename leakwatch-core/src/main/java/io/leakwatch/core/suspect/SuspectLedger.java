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

	private static final int MAXIMUM_SUSPECTS = 50;

	private static final Comparator<Suspect> LIKELIEST_FIRST = Comparator
		.comparing((Suspect suspect) -> suspect.finding().severity())
		.thenComparingDouble((suspect) -> orZero(suspect.finding().bytesPerMinute()))
		.thenComparingDouble((suspect) -> suspect.finding().confidence())
		.reversed()
		.thenComparing(Suspect::id);

	private final Map<String, Entry> entries = new HashMap<>();

	private List<Suspect> ranked = List.of();

	/**
	 * Takes what was found at a tick.
	 * @param findings the findings of all detectors
	 * @param now the tick's moment
	 * @return the suspects whose severity rose by this, new ones included
	 */
	public List<Suspect> update(List<Finding> findings, Instant now) {
		List<Suspect> risen = new ArrayList<>();
		this.entries.values().forEach((entry) -> entry.ticksMissed++);
		for (Finding finding : findings) {
			String id = Suspect.fingerprint(finding);
			Entry known = this.entries.get(id);
			Instant firstSeen = (known != null) ? known.suspect.firstSeen() : now;
			Suspect suspect = new Suspect(id, firstSeen, now, finding);
			this.entries.put(id, new Entry(suspect));
			if (known == null || finding.severity().compareTo(known.suspect.finding().severity()) > 0) {
				risen.add(suspect);
			}
		}
		this.entries.values().removeIf((entry) -> entry.ticksMissed > TICKS_OF_GRACE);
		this.ranked = this.entries.values()
			.stream()
			.map((entry) -> entry.suspect)
			.sorted(LIKELIEST_FIRST)
			.limit(MAXIMUM_SUSPECTS)
			.toList();
		this.entries.values().removeIf((entry) -> !this.ranked.contains(entry.suspect));
		// What is not kept would be found, and told as new, at each tick.
		risen.retainAll(this.ranked);
		return risen;
	}

	/**
	 * The suspects, the likeliest first.
	 * @return an immutable list
	 */
	public List<Suspect> ranked() {
		return this.ranked;
	}

	private static double orZero(@Nullable Double value) {
		return (value != null) ? value : 0;
	}

	private static final class Entry {

		private final Suspect suspect;

		private int ticksMissed;

		private Entry(Suspect suspect) {
			this.suspect = suspect;
		}

	}

}
