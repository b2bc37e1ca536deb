package io.leakwatch.core.operation;

/**
 * Takes what operations have allocated. Called on the thread of the operation, so that it
 * must be quick, must not throw, and is safe for several threads.
 */
public interface OperationRecorder {

	/**
	 * Takes one call.
	 * @param operation what the application calls it
	 * @param bytes the bytes that the calling thread allocated meanwhile
	 */
	void allocated(String operation, long bytes);

	/**
	 * Takes a call whose bytes are unknown, as that on a virtual thread.
	 * @param operation what the application calls it
	 */
	void unmeasured(String operation);

}
