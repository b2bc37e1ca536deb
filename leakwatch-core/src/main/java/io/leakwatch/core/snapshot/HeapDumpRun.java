package io.leakwatch.core.snapshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One heap dump from its capture to the end of its analysis, on a thread of its own. The
 * dump's file is gone before the snapshot is ready, unless dumps are kept.
 */
final class HeapDumpRun implements Runnable {

	static final String THREAD_NAME = "leakwatch-snapshot";

	private static final Logger logger = LoggerFactory.getLogger(Snapshots.class);

	private final Tools tools;

	private final Listener listener;

	/** The latest state; only this run's thread changes it. */
	private volatile Snapshot snapshot;

	private boolean cancelled;

	/** The thread while it may be interrupted, which is during the analysis alone. */
	private @Nullable Thread interruptible;

	HeapDumpRun(Snapshot snapshot, Tools tools, Listener listener) {
		this.snapshot = snapshot;
		this.tools = tools;
		this.listener = listener;
	}

	Snapshot snapshot() {
		return this.snapshot;
	}

	/**
	 * Stops the analysis. A capture cannot be stopped; its dump is deleted as soon as it
	 * ends.
	 */
	synchronized void cancel() {
		this.cancelled = true;
		Thread thread = this.interruptible;
		if (thread != null) {
			thread.interrupt();
		}
	}

	@Override
	public void run() {
		HeapProfile profile = null;
		String failure = null;
		try {
			profile = captureAndAnalyse();
		}
		catch (InterruptedException ex) {
			failure = "It was stopped, as the service is shutting down or the snapshot was deleted. Take another.";
		}
		catch (IOException | DumpAnalysisException ex) {
			failure = String.valueOf(ex.getMessage());
		}
		catch (RuntimeException | LinkageError | OutOfMemoryError ex) {
			failure = unexpected(ex);
		}
		finally {
			this.listener.ended();
		}
		try {
			if (profile != null) {
				ready(profile);
			}
		}
		catch (RuntimeException | LinkageError | OutOfMemoryError ex) {
			failure = unexpected(ex);
		}
		if (failure != null) {
			Snapshot last = this.snapshot;
			this.snapshot = last.with(SnapshotState.FAILED, last.pause(), null, failure, null, last.dumpBytes());
			this.tools.store().update(this.snapshot);
		}
	}

	private String unexpected(Throwable ex) {
		logger.warn("The heap dump {} failed; the application is not concerned", this.snapshot.id(), ex);
		return "It failed unexpectedly, the log tells more: " + ex;
	}

	private HeapProfile captureAndAnalyse() throws IOException, DumpAnalysisException, InterruptedException {
		String id = this.snapshot.id();
		Path folder = makeFolder(id);
		Path dump = folder.resolve(id + SnapshotFiles.DUMP);
		try {
			capture(dump);
			return analyse(dump, folder.resolve(id + SnapshotFiles.PROFILE));
		}
		finally {
			dispose(folder, dump);
		}
	}

	private Path makeFolder(String id) throws IOException {
		boolean made = false;
		try {
			Path folder = this.tools.files().workFolder(id);
			made = true;
			return folder;
		}
		catch (IOException ex) {
			throw new IOException("There is no folder for the heap dump, see to leakwatch.snapshots.directory: " + ex,
					ex);
		}
		finally {
			if (!made) {
				this.listener.captured(null, 0);
			}
		}
	}

	private void capture(Path dump) throws IOException, InterruptedException {
		Duration pause = null;
		long bytes = 0;
		try {
			stopIfCancelled();
			pause = dump(dump);
			bytes = Files.size(dump);
			SnapshotFolder.protect(dump);
		}
		finally {
			this.listener.captured((bytes > 0) ? pause : null, bytes);
		}
		this.snapshot = this.snapshot.with(SnapshotState.ANALYSING, pause, null, null, null, bytes);
		this.tools.store().update(this.snapshot);
	}

	private Duration dump(Path dump) throws IOException, InterruptedException {
		CaptureListener captureListener = this.listener.captureListener();
		Snapshot captured = this.snapshot;
		if (captureListener != null) {
			tell("before", () -> captureListener.beforeCapture(captured));
		}
		try {
			// The listener may have taken its time, and the service begun to shut down.
			stopIfCancelled();
			long start = System.nanoTime();
			this.tools.dumper().write(dump);
			return Duration.ofNanos(System.nanoTime() - start);
		}
		catch (IOException ex) {
			throw new IOException(
					"The heap dump could not be written: %s. Free disk space, or set leakwatch.snapshots.directory to another disk."
						.formatted(ex.getMessage()),
					ex);
		}
		finally {
			if (captureListener != null) {
				tell("after", () -> captureListener.afterCapture(captured));
			}
		}
	}

	private HeapProfile analyse(Path dump, Path result) throws DumpAnalysisException, InterruptedException {
		synchronized (this) {
			stopIfCancelled();
			this.interruptible = Thread.currentThread();
		}
		try {
			this.tools.analyser().analyse(dump, result, this::progress);
		}
		finally {
			synchronized (this) {
				this.interruptible = null;
				// It came after the last moment at which it was of use.
				Thread.interrupted();
			}
		}
		synchronized (this) {
			stopIfCancelled();
		}
		try {
			return ProfileFile.read(new ByteArrayInputStream(Files.readAllBytes(result)),
					this.snapshot.id() + SnapshotFiles.PROFILE);
		}
		catch (IOException ex) {
			throw new DumpAnalysisException(
					"The analysis has left no profile that can be read. Take another heap dump. " + ex, ex);
		}
	}

	/** Called on any thread. */
	private synchronized void progress(String phase, double done) {
		if (this.interruptible == null) {
			return;
		}
		int percent = (int) Math.max(0, Math.min(100, Math.floor(done * 100)));
		SnapshotProgress progress = new SnapshotProgress(phase, percent);
		Snapshot last = this.snapshot;
		if (!progress.equals(last.progress())) {
			this.snapshot = last.with(last.state(), last.pause(), progress, null, null, last.dumpBytes());
			this.tools.store().update(this.snapshot);
		}
	}

	private void ready(HeapProfile profile) {
		Snapshot last = this.snapshot;
		this.snapshot = last.with(SnapshotState.READY, last.pause(), null, null, SnapshotTotals.of(profile),
				last.dumpBytes());
		if (this.tools.store().finish(this.snapshot, profile)) {
			this.listener.ready(this.snapshot);
		}
	}

	private synchronized void stopIfCancelled() throws InterruptedException {
		if (this.cancelled) {
			throw new InterruptedException();
		}
	}

	/** None of the files outlives the run, unless the dump is to be kept. */
	private void dispose(Path folder, Path dump) {
		boolean keep;
		synchronized (this) {
			// A dump that was not written to its end is of no use.
			keep = this.tools.keepDumps() && !this.cancelled && this.snapshot.dumpBytes() != null;
		}
		try {
			if (keep) {
				Path kept = this.tools.files().keepDump(dump, this.snapshot.id());
				logger.info("The heap dump of the snapshot {} is kept as {}", this.snapshot.id(), kept);
			}
			SnapshotFolder.deleteTree(folder);
		}
		catch (IOException ex) {
			logger.warn("The files of the heap dump {} could not be removed; the next start will try again: {}",
					this.snapshot.id(), ex.toString());
		}
	}

	private void tell(String moment, Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("Who was to hear of a heap dump's pause {} it failed", moment, ex);
		}
	}

	/**
	 * What a run works with.
	 *
	 * @param dumper writes the dump
	 * @param analyser analyses it
	 * @param files where it is written
	 * @param store keeps its states and its profile
	 * @param keepDumps whether the dump is kept
	 */
	record Tools(HeapDumper dumper, DumpAnalyser analyser, SnapshotFiles files, SnapshotStore store,
			boolean keepDumps) {
	}

	/** Hears of a run, on its thread. */
	interface Listener {

		/** Who is to hear of the pause. */
		@Nullable CaptureListener captureListener();

		/**
		 * The application runs again.
		 * @param pause how long it stood still, {@code null} where there is no dump
		 * @param dumpBytes the size of the dump
		 */
		void captured(@Nullable Duration pause, long dumpBytes);

		/** There is nothing left to do but to tell the result. */
		void ended();

		/**
		 * The snapshot can be compared.
		 * @param snapshot the snapshot
		 */
		void ready(Snapshot snapshot);

	}

}
