package io.leakwatch.heap.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.leakwatch.heap.analysis.WholeProgress;
import io.leakwatch.heap.graph.ProgressListener;

/**
 * Lines that tell a program how far the work is: {@code progress 42 references}, some a
 * second. Safe for several threads.
 */
final class ProgressLines implements Progress {

	private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private final PrintStream err;

	private final long start = System.nanoTime();

	/** In nanoseconds from the start. */
	private final AtomicLong next = new AtomicLong();

	private boolean ended;

	ProgressLines(PrintStream err) {
		this.err = err;
	}

	@Override
	public ProgressListener ofAnalysis() {
		return new WholeProgress(this);
	}

	@Override
	public void progress(String phase, double done) {
		long now = System.nanoTime() - this.start;
		long due = this.next.get();
		if (now >= due && this.next.compareAndSet(due, now + STEP_NANOS)) {
			print("progress " + (int) (Math.max(0, Math.min(1, done)) * 100) + " " + phase + "\n");
		}
	}

	private synchronized void print(String line) {
		if (!this.ended) {
			byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
			this.err.write(bytes, 0, bytes.length);
			this.err.flush();
		}
	}

	@Override
	public synchronized void end() {
		this.ended = true;
	}

}
