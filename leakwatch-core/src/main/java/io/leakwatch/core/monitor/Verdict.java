package io.leakwatch.core.monitor;

import java.util.List;

import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;

/**
 * Sums up what is known to one status.
 */
final class Verdict {

	private Verdict() {
	}

	static Status of(List<Suspect> suspects, boolean heapGrows, boolean heapLevel) {
		if (suspects.stream().anyMatch((suspect) -> suspect.finding().severity() == Severity.CONFIRMED)) {
			return Status.LEAKING;
		}
		if (heapGrows || !suspects.isEmpty()) {
			return Status.GROWING;
		}
		return heapLevel ? Status.STABLE : Status.UNKNOWN;
	}

}
