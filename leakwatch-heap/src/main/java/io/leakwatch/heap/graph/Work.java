package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The threads that an analysis may use, its cancel signal and who is told how far it is.
 */
public final class Work {

	private final int threads;

	private final BooleanSupplier cancelled;

	private final ProgressListener listener;

	/**
	 * The means of one analysis.
	 * @param threads how many threads work at once, the caller's included; at least 1
	 * @param cancelled whether to stop; asked often, so it must be cheap
	 * @param listener who is told, on any of the threads
	 */
	public Work(int threads, BooleanSupplier cancelled, ProgressListener listener) {
		this.threads = threads;
		this.cancelled = cancelled;
		this.listener = listener;
	}

	/** Throws {@link CancellationException} where the analysis is to stop. */
	public void checkCancelled() {
		if (this.cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
			throw new CancellationException("The analysis was cancelled");
		}
	}

	/**
	 * Tells how far a phase is.
	 * @param phase what is being done
	 * @param done the share that is done, 0 to 1
	 */
	public void progress(String phase, double done) {
		checkCancelled();
		this.listener.progress(phase, done);
	}

	/**
	 * Does a number of tasks, each once, on all threads.
	 * @param <C> what each thread keeps for itself
	 * @param phase what is being done
	 * @param tasks how many tasks there are
	 * @param contexts makes what a thread keeps for itself
	 * @param body does one task
	 * @return what the threads kept
	 * @throws IOException the first failure of a task, after all threads have stopped
	 */
	<C> List<C> run(String phase, int tasks, ContextFactory<C> contexts, Task<C> body) throws IOException {
		progress(phase, 0);
		int count = Math.max(1, Math.min(this.threads, tasks));
		AtomicInteger next = new AtomicInteger();
		List<C> kept = new ArrayList<>();
		List<FutureTask<C>> others = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			C context = contexts.make();
			kept.add(context);
			others.add(new FutureTask<>(() -> {
				try {
					for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
						body.run(context, task);
						progress(phase, (double) task / tasks);
					}
				}
				catch (Throwable ex) {
					next.set(tasks);
					throw ex;
				}
				return context;
			}));
		}
		int started = 1;
		try {
			for (; started < count; started++) {
				Thread thread = new Thread(others.get(started), "leakwatch-heap-" + started);
				thread.setDaemon(true);
				thread.start();
			}
		}
		catch (OutOfMemoryError ex) {
			// The system gives no more threads: those that are there do all.
		}
		others.get(0).run();
		await(others.subList(0, started));
		return kept;
	}

	private static <C> void await(List<FutureTask<C>> tasks) throws IOException {
		Throwable failure = null;
		boolean interrupted = false;
		for (FutureTask<C> task : tasks) {
			for (boolean done = false; !done;) {
				try {
					task.get();
					done = true;
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
				catch (ExecutionException ex) {
					failure = (failure != null) ? failure : ex.getCause();
					done = true;
				}
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		if (failure instanceof IOException ex) {
			throw ex;
		}
		if (failure instanceof RuntimeException ex) {
			throw ex;
		}
		if (failure instanceof Error ex) {
			throw ex;
		}
		if (failure != null) {
			throw new IllegalStateException(failure);
		}
	}

	/**
	 * Makes what a thread keeps for itself.
	 *
	 * @param <C> its type
	 */
	@FunctionalInterface
	interface ContextFactory<C> {

		C make() throws IOException;

	}

	/**
	 * Does one task.
	 *
	 * @param <C> what the thread keeps for itself
	 */
	@FunctionalInterface
	interface Task<C> {

		void run(C context, int task) throws IOException;

	}

}
