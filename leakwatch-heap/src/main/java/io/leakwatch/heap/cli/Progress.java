package io.leakwatch.heap.cli;

import io.leakwatch.heap.graph.ProgressListener;

/** Shows how far the work on one file is. */
interface Progress extends ProgressListener {

	/** Who is told by an analysis, whose phases are parts of a whole. */
	default ProgressListener ofAnalysis() {
		return this;
	}

	/** Ends it; nothing is shown after that. */
	void end();

}
