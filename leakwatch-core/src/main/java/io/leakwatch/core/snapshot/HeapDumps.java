package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import io.leakwatch.core.signal.JvmSignals;
import io.leakwatch.core.signal.MemoryRoom;
import io.leakwatch.core.snapshot.SnapshotRefusedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a heap dump may be taken, and has it taken by a thread of its own. Safe
 * for several threads; one dump at a time, from its capture to the end of its analysis.
 */
final class HeapDumps implements AutoCloseable {

	private final SnapshotSettings settings;

	private final SnapshotStore store;

	private final HeapDumper dumper;

	private final @Nullable DumpAnalyser analyser;

	private final Clock clock;

	private final Semaphore capturing;

	private final Consumer<Snapshot> taken;

	private final DumpPrediction prediction = new DumpPrediction();

	private volatile @Nullable CaptureListener listener;

	private volatile @Nullable Instant lastAskedAt;

	private @Nullable HeapDumpRun current;

	private volatile boolean closed;

	/**
	 * Heap dumps of this JVM.
	 * @param settings the limits
	 * @param store keeps them
	 * @param dumper writes them
	 * @param analyser analyses them
	 * @param clock tells the time
	 * @param capturing held while the application stands still
	 * @param taken told of each that is ready
	 */
	HeapDumps(SnapshotSettings settings, SnapshotStore store, HeapDumper dumper, @Nullable DumpAnalyser analyser,
			Clock clock, Semaphore capturing, Consumer<Snapshot> taken) {
		this.settings = settings;
		this.store = store;
		this.dumper = dumper;
		this.analyser = analyser;
		this.clock = clock;
		this.capturing = capturing;
		this.taken = taken;
	}

	void onCapture(CaptureListener listener) {
		this.listener = listener;
	}

	/**
	 * Begins to take one.
	 * @param label what to call it
	 * @param automatic whether nobody asked for it
	 * @param maxPause the longest predicted pause, {@code null} for no limit
	 * @param maxPauseProperty what the limit is called
	 */
	Snapshot take(@Nullable String label, boolean automatic, @Nullable Duration maxPause, String maxPauseProperty) {
		Refusals.whileClosed(this.closed);
		if (!this.capturing.tryAcquire()) {
			throw Refusals.underWay();
		}
		boolean started = false;
		try {
			if (isUnderWay()) {
				throw new SnapshotRefusedException(Reason.UNDER_WAY,
						"Another heap dump is being analysed. Ask again when its snapshot is READY or FAILED.",
						Duration.ofSeconds(10));
			}
			HeapDumpRun run = prepare(label, automatic, maxPause, maxPauseProperty);
			// As it is now: a small dump may be ready before this method returns.
			Snapshot begun = run.snapshot();
			start(run);
			started = true;
			if (!automatic) {
				this.lastAskedAt = this.clock.instant();
			}
			return begun;
		}
		finally {
			if (!started) {
				this.capturing.release();
			}
		}
	}

	/** Cancels the one that is under way, if it is this. */
	synchronized void cancel(String id) {
		HeapDumpRun run = this.current;
		if (run != null && run.snapshot().id().equals(id)) {
			run.cancel();
		}
	}

	/** Whether one is being captured or analysed. */
	synchronized boolean isUnderWay() {
		return this.current != null;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		HeapDumpRun run = this.current;
		if (run != null) {
			run.cancel();
		}
		else {
			this.store.close();
		}
	}

	private HeapDumpRun prepare(@Nullable String label, boolean automatic, @Nullable Duration maxPause,
			String maxPauseProperty) {
		DumpAnalyser analysedBy = this.analyser;
		if (analysedBy == null) {
			throw unavailable("This service is set up without heap dumps. Take a histogram instead.");
		}
		if (!this.dumper.isAvailable()) {
			throw unavailable("This JVM writes no heap dumps. Take a histogram instead.");
		}
		if (!automatic) {
			Refusals.whileCoolingDown(this.lastAskedAt, this.settings.heapDumps().coolDown(), this.clock.instant(),
					"heap dump", "leakwatch.snapshots.heap-dump-cool-down");
		}
		SnapshotFiles files = this.store.files();
		if (files == null) {
			throw unavailable(this.store.unusable());
		}
		long heapBytes = new JvmSignals().heap().usedBytes();
		SnapshotTotals known = lastTotals();
		Duration pause = this.prediction.pause(heapBytes, known);
		Refusals.ifTooLong(pause, maxPause, maxPauseProperty);
		refuseWithoutRoom(files, analysedBy, this.prediction.bytes(heapBytes));
		Snapshot snapshot = new Snapshot(this.store.nextId('d'), SnapshotKind.HEAP_DUMP, SnapshotState.CAPTURING,
				SnapshotProperties.printable(label), automatic, false, true, true, this.clock.instant(), pause, null,
				null, null, null, null);
		HeapDumpRun.Tools tools = new HeapDumpRun.Tools(this.dumper, analysedBy, files, this.store,
				this.settings.heapDumps().keepDumps());
		return new HeapDumpRun(snapshot, tools, new HeapDumpRun.Listener() {

			@Override
			public @Nullable CaptureListener captureListener() {
				return HeapDumps.this.listener;
			}

			@Override
			public void captured(@Nullable Duration pause, long dumpBytes) {
				HeapDumps.this.capturing.release();
				if (pause != null) {
					HeapDumps.this.prediction.learn(new JvmSignals().heap().usedBytes(), known, pause, dumpBytes);
				}
			}

			@Override
			public void ended() {
				HeapDumps.this.ended();
			}

			@Override
			public void ready(Snapshot snapshot) {
				HeapDumps.this.taken.accept(snapshot);
			}

		});
	}

	@SuppressWarnings("ThreadPriorityCheck") // a courtesy that nothing relies on
	private void start(HeapDumpRun run) {
		synchronized (this) {
			this.current = run;
		}
		this.store.begin(run.snapshot());
		boolean started = false;
		try {
			// Nothing of the starting thread is inherited: neither its thread locals nor
			// its class loader.
			Thread thread = new Thread(null, run, HeapDumpRun.THREAD_NAME, 0, false);
			thread.setDaemon(true);
			thread.setPriority(Thread.MIN_PRIORITY);
			thread.setContextClassLoader(HeapDumps.class.getClassLoader());
			thread.start();
			started = true;
		}
		finally {
			if (!started) {
				this.store.delete(run.snapshot().id());
				ended();
			}
		}
		if (this.closed) {
			run.cancel();
		}
	}

	private synchronized void ended() {
		this.current = null;
		if (this.closed) {
			this.store.close();
		}
	}

	private void refuseWithoutRoom(SnapshotFiles files, DumpAnalyser analysedBy, long dumpBytes) {
		String lacking;
		try {
			lacking = DumpRoom.lacking(this.settings.heapDumps(), dumpBytes, files.dumpBytes(), files.usableBytes());
			if (lacking == null && files.isInMemory()) {
				lacking = DumpRoom.lackingMemory(dumpBytes, MemoryRoom.read());
			}
		}
		catch (IOException ex) {
			throw unavailable("The folder for heap dumps cannot be read: " + ex
					+ ". See to it, or set leakwatch.snapshots.directory to another one.");
		}
		if (lacking == null) {
			lacking = analysedBy.refusal(dumpBytes);
		}
		if (lacking != null) {
			throw new SnapshotRefusedException(Reason.NO_ROOM, lacking, null);
		}
	}

	/** What the newest snapshot of this run has counted. */
	private @Nullable SnapshotTotals lastTotals() {
		List<Snapshot> snapshots = this.store.list();
		SnapshotTotals last = null;
		for (Snapshot snapshot : snapshots) {
			if (snapshot.ofThisRun() && snapshot.totals() != null) {
				last = snapshot.totals();
			}
		}
		return last;
	}

	private static SnapshotRefusedException unavailable(String message) {
		return new SnapshotRefusedException(Reason.UNAVAILABLE, message, null);
	}

}
