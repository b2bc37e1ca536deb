package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Instant;

import io.leakwatch.core.monitor.Probe;
import io.leakwatch.core.profile.HeapProfiler;

/**
 * Ends the recording of profiles that nobody asks for any more.
 */
final class IdleProfiles implements Probe {

	private final HeapProfiler profiler;

	IdleProfiles(HeapProfiler profiler) {
		this.profiler = profiler;
	}

	@Override
	public String name() {
		return "profiles";
	}

	@Override
	public void probe(Instant now) {
		this.profiler.endIfIdle(now);
	}

}
