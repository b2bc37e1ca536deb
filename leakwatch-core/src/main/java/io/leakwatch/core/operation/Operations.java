package io.leakwatch.core.operation;

import java.util.concurrent.atomic.AtomicReference;

import io.leakwatch.core.signal.AllocatedBytes;
import org.jspecify.annotations.Nullable;

/**
 * Measures what operations allocate, while somebody takes it. All methods are safe for
 * several threads.
 *
 * <p>
 * There is one recorder for all that has this class: with several application contexts
 * that of the one which was started last. It is held until it is removed, so that a
 * context which is closed leaves nothing behind.
 */
public final class Operations {

	/** A mark of something whose bytes cannot be told. */
	public static final long UNKNOWN = -1;

	/** What {@link #begin()} tells while nothing is measured. */
	private static final long OFF = Long.MIN_VALUE;

	private static final AtomicReference<@Nullable OperationRecorder> RECORDER = new AtomicReference<>();

	private Operations() {
	}

	/**
	 * Has what is measured from now on taken by a recorder, in place of the one before.
	 * @param recorder the recorder
	 */
	public static void install(OperationRecorder recorder) {
		RECORDER.set(recorder);
	}

	/**
	 * Ends measuring, unless another recorder was installed meanwhile.
	 * @param recorder the recorder that was installed
	 */
	public static void remove(OperationRecorder recorder) {
		RECORDER.compareAndSet(recorder, null);
	}

	/**
	 * Begins to measure, on the thread of the operation. Allocates nothing.
	 * @return a mark for {@link #end(String, long)}
	 */
	public static long begin() {
		return (RECORDER.getPlain() != null) ? AllocatedBytes.ofCurrentThread() : OFF;
	}

	/**
	 * Ends to measure, on the same thread, whether the operation succeeded or not.
	 * Allocates nothing.
	 * @param operation what the operation is called
	 * @param begin the mark of its {@link #begin()}
	 */
	public static void end(String operation, long begin) {
		OperationRecorder recorder = RECORDER.getPlain();
		if (recorder != null && begin != OFF) {
			long end = AllocatedBytes.ofCurrentThread();
			if (begin >= 0 && end >= begin) {
				recorder.allocated(operation, end - begin);
			}
			else {
				recorder.unmeasured(operation);
			}
		}
	}

}
