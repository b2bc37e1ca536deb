package io.leakwatch.heap.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line on a terminal that says how far the work is. It comes when the work has taken
 * some time and goes without a trace. Safe for several threads.
 */
final class ProgressBar implements Progress {

	private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int WIDTH = 24;

	private static final int LONGEST_NAME = 40;

	private final PrintStream err;

	private final String file;

	private final long start = System.nanoTime();

	/** In nanoseconds from the start. */
	private final AtomicLong next = new AtomicLong(FIRST_NANOS);

	private boolean shown;

	private boolean ended;

	ProgressBar(PrintStream err, String file) {
		this.err = err;
		this.file = file;
	}

	@Override
	public void progress(String phase, double done) {
		long now = System.nanoTime() - this.start;
		long due = this.next.get();
		if (now >= due && this.next.compareAndSet(due, now + STEP_NANOS)) {
			draw(phase, done, TimeUnit.NANOSECONDS.toSeconds(now));
		}
	}

	private synchronized void draw(String phase, double done, long seconds) {
		if (this.ended || (!this.shown && !Terminal.isTerminal(Terminal.ERR))) {
			return;
		}
		int full = (int) (Math.max(0, Math.min(1, done)) * WIDTH);
		String line = "\r\u001b[K" + Names.cut(Names.printable(this.file), LONGEST_NAME) + " [" + "=".repeat(full)
				+ " ".repeat(WIDTH - full) + "] " + phase + ", " + seconds + " s";
		print(line);
		this.shown = true;
	}

	/** Wipes the line. */
	@Override
	public synchronized void end() {
		this.ended = true;
		if (this.shown) {
			print("\r\u001b[K");
		}
	}

	private void print(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		this.err.write(bytes, 0, bytes.length);
		this.err.flush();
	}

}
