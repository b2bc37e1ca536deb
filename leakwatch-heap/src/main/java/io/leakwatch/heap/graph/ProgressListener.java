package io.leakwatch.heap.graph;

/** Is told how far an analysis is. */
@FunctionalInterface
public interface ProgressListener {

	/** Nobody is told. */
	ProgressListener NONE = (phase, done) -> {
	};

	/**
	 * Called often, by any thread of the analysis, so it must be quick.
	 * @param phase what is being done, a few words
	 * @param done the share of the phase that is done, 0 to 1
	 */
	void progress(String phase, double done);

}
