package io.leakwatch.core.monitor;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.signal.HeapCollection;
import io.leakwatch.core.snapshot.Snapshots;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches this JVM from one daemon thread, between {@link #start()} and {@link #stop()}.
 * It may be started again. Starting does no work on the caller's thread, and stopping
 * waits for nothing: a probe under way ends by itself.
 *
 * <p>
 * All methods are safe for several threads. Reading the report costs nothing.
 */
public final class LeakWatchMonitor {

	/** The name of the monitor's thread. */
	public static final String THREAD_NAME = "leakwatch-monitor";

	private static final Logger logger = LoggerFactory.getLogger(LeakWatchMonitor.class);

	/** The processors belong to the application while it starts. */
	private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);

	private static final Duration LONGEST_WAIT_FOR_REPORT = Duration.ofSeconds(5);

	private final MonitorSettings settings;

	private final ClassHistogram histogram;

	private final Snapshots snapshots;

	private final List<Probe> probes;

	private final List<MonitorListener> listeners;

	private final WatchedApplication application;

	private final Clock clock;

	private final CountDownLatch reported = new CountDownLatch(1);

	private volatile @Nullable Report report;

	private @Nullable Thread thread;

	/**
	 * A monitor that is not yet started.
	 * @param settings how it works
	 * @param histogram takes class histograms
	 * @param snapshots keeps some of them
	 * @param probes what else its thread does at each tick
	 * @param listeners who hears what it finds
	 * @param application what the application tells of itself
	 * @param clock tells the time
	 */
	public LeakWatchMonitor(MonitorSettings settings, ClassHistogram histogram, Snapshots snapshots, List<Probe> probes,
			List<MonitorListener> listeners, WatchedApplication application, Clock clock) {
		this.settings = settings;
		this.histogram = histogram;
		this.snapshots = snapshots;
		this.probes = List.copyOf(probes);
		this.listeners = List.copyOf(listeners);
		this.application = application;
		this.clock = clock;
	}

	/**
	 * Starts to watch, if it does not yet.
	 */
	public synchronized void start() {
		if (this.thread == null) {
			// Nothing of the starting thread is inherited: neither its thread locals nor
			// its class loader.
			Thread started = new Thread(null, this::watch, THREAD_NAME, 0, false);
			started.setDaemon(true);
			started.setContextClassLoader(LeakWatchMonitor.class.getClassLoader());
			this.thread = started;
			started.start();
		}
	}

	/**
	 * Stops watching. The last report stays.
	 */
	public synchronized void stop() {
		Thread running = this.thread;
		if (running != null) {
			this.thread = null;
			running.interrupt();
		}
	}

	/**
	 * Whether it watches.
	 * @return whether it was started and not stopped
	 */
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * The latest report.
	 * @return the report, or {@code null} before the first tick
	 */
	public @Nullable Report report() {
		return this.report;
	}

	/**
	 * The latest report; right after the start, it waits for the first, for some seconds
	 * at most.
	 * @return the report
	 * @throws IllegalStateException where it does not run, or has none yet
	 */
	public Report awaitReport() {
		if (!isRunning()) {
			throw new IllegalStateException(
					"LeakWatch does not watch: its monitor is not running. The log tells if it has failed.");
		}
		try {
			if (this.reported.await(LONGEST_WAIT_FOR_REPORT.toMillis(), TimeUnit.MILLISECONDS)) {
				Report latest = this.report;
				if (latest != null) {
					return latest;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new IllegalStateException("LeakWatch has no report yet. Ask again in a moment.");
	}

	/**
	 * How often it looks.
	 * @return the settings
	 */
	public MonitorSettings settings() {
		return this.settings;
	}

	private boolean isCurrent() {
		Thread current = Thread.currentThread();
		synchronized (this) {
			return this.thread == current && !current.isInterrupted();
		}
	}

	private void watch() {
		BlockingQueue<HeapCollection> collections = new ArrayBlockingQueue<>(64);
		try {
			// Nothing comes in yet: this only waits, until the application has started.
			collections.poll(Math.min(this.settings.interval().toMillis(), LONGEST_DELAY.toMillis()),
					TimeUnit.MILLISECONDS);
			watch(collections);
		}
		catch (InterruptedException ex) {
			// Stopped: the end of this thread.
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("LeakWatch has failed and stops watching; the application is not concerned", ex);
		}
		finally {
			ended();
		}
	}

	private void watch(BlockingQueue<HeapCollection> collections) throws InterruptedException {
		try (Rounds rounds = new Rounds(this.settings, this.histogram, this.snapshots, this.probes, this.listeners,
				this.application, this.clock, collections)) {
			// Not by the clock: it may be set back, and no tick would come for as long.
			long nextTick = System.nanoTime();
			long nextSlice = nextTick;
			while (isCurrent()) {
				long now = System.nanoTime();
				long untilTick = nextTick - now;
				long wait = rounds.isWalking() ? Math.min(untilTick, nextSlice - now) : untilTick;
				HeapCollection collection = (wait > 0) ? collections.poll(wait, TimeUnit.NANOSECONDS) : null;
				if (collection != null) {
					look(() -> rounds.collected(collection));
				}
				else if (wait >= untilTick) {
					nextTick = System.nanoTime() + this.settings.interval().toNanos();
					look(() -> report(rounds.tick()));
				}
				else {
					look(rounds::walk);
					nextSlice = System.nanoTime() + CensusRounds.PAUSE.toNanos();
				}
			}
		}
	}

	private static void look(Runnable look) {
		try {
			look.run();
		}
		catch (OutOfMemoryError ex) {
			// In a leaking service this thread gets it as likely as any. What was being
			// put together is lost, and there may be memory again at the next look.
		}
	}

	private void report(@Nullable Report latest) {
		if (latest != null) {
			this.report = latest;
			this.reported.countDown();
		}
	}

	private synchronized void ended() {
		if (this.thread == Thread.currentThread()) {
			this.thread = null;
		}
	}

}
