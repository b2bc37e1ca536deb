package io.leakwatch.core.bound;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The executor of one map's upkeep: the calling thread, at a moment when no computation
 * of that map is under way.
 *
 * <p>
 * A pool would be the usual choice, but a library that is added for watching should not
 * start threads, nor put its work among an application's own in the common pool. The
 * upkeep is a few microseconds, so the calling thread can do it, with one exception.
 * Evicting an entry takes the lock of its hash bin, and a computation (the loader of
 * {@code @Cacheable(sync = true)}, say, which may call a data base) holds such a lock for
 * as long as it runs. A thread that evicts meanwhile may wait for a load that it has
 * nothing to do with; and a thread that evicts in the midst of its own computation
 * changes the bin below it, which a hash map answers with an exception or a lost entry.
 * So upkeep waits until the last computation has ended, and is then done by its thread.
 * Where computations overlap without end, the write buffer fills up, and the writer that
 * finds it full does the upkeep regardless: the map stays bounded in any case, it merely
 * exceeds its bound by the length of that buffer.
 */
final class IdleExecutor implements Executor {

	private final AtomicInteger computations = new AtomicInteger();

	private final AtomicReference<@Nullable Runnable> postponed = new AtomicReference<>();

	@Override
	public void execute(Runnable upkeep) {
		if (this.computations.get() == 0) {
			upkeep.run();
			return;
		}
		// One slot is enough: there is one upkeep per map, and doing it twice is
		// harmless.
		this.postponed.set(upkeep);
		// The last computation may have ended just before it could see the line above.
		runPostponed();
	}

	/**
	 * Runs user code that holds the lock of a hash bin.
	 * @param <T> the type of the result
	 * @param computation the user code
	 * @return its result
	 */
	<T extends @Nullable Object> T computing(Supplier<T> computation) {
		this.computations.incrementAndGet();
		try {
			return computation.get();
		}
		finally {
			this.computations.decrementAndGet();
		}
	}

	/** To be called after a computation, when the lock of its hash bin is free again. */
	void runPostponed() {
		if (this.postponed.get() != null && this.computations.get() == 0) {
			Runnable upkeep = this.postponed.getAndSet(null);
			if (upkeep != null) {
				upkeep.run();
			}
		}
	}

}
