package io.leakwatch.heap.analysis;

import io.leakwatch.heap.graph.ProgressListener;

/**
 * Tells how far a whole analysis is, where it tells of one phase after the other itself.
 * The shares of the phases are those of usual heaps, and of one thread. What is told
 * never falls. Safe for several threads.
 */
public final class WholeProgress implements ProgressListener {

	private static final String[] PHASES = { "objects", "references", "threads", "reachable objects", "bean names",
			"paths", "beans", "references back", "dominators", "sizes", "retained sizes", "class loaders" };

	/** Where each phase begins, in percent of the time, and where the last one ends. */
	private static final int[] BEGINNINGS = { 8, 18, 51, 51, 57, 57, 60, 60, 62, 69, 81, 97, 98 };

	private final ProgressListener listener;

	private double done;

	/**
	 * Progress for a listener.
	 * @param listener is told the phase, and the share of the whole
	 */
	public WholeProgress(ProgressListener listener) {
		this.listener = listener;
	}

	@Override
	public void progress(String phase, double share) {
		this.listener.progress(phase, whole(phase, share));
	}

	/** A phase that is not known leaves it where it was. */
	private synchronized double whole(String phase, double share) {
		for (int i = 0; i < PHASES.length; i++) {
			if (PHASES[i].equals(phase)) {
				double within = Math.max(0, Math.min(1, share)) * (BEGINNINGS[i + 1] - BEGINNINGS[i]);
				this.done = Math.max(this.done, (BEGINNINGS[i] + within) / 100);
			}
		}
		return this.done;
	}

}
