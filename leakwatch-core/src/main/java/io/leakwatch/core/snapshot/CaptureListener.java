package io.leakwatch.core.snapshot;

/**
 * Hears of the pause of a heap dump, on the snapshot's own thread. What it throws is
 * logged, and changes nothing.
 */
public interface CaptureListener {

	/**
	 * The application is going to stand still. The dump waits for this method.
	 * @param snapshot the snapshot, with the predicted pause
	 */
	void beforeCapture(Snapshot snapshot);

	/**
	 * The application runs again, whether the dump succeeded or not.
	 * @param snapshot the snapshot as it was before
	 */
	void afterCapture(Snapshot snapshot);

}
