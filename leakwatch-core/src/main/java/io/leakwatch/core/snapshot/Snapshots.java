package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.histogram.Histogram;
import io.leakwatch.core.histogram.PausePredictor;
import io.leakwatch.core.signal.JvmSignals;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots within their limits, and keeps them. Histograms that a person asks for
 * collect the heap first, so that they count live objects only; those of the watch do
 * not. A profile is a file of some tens to hundreds of kilobytes; in memory, where there
 * is no folder for it, it is at most some 160 KB besides the class names, which all
 * share. Safe for several threads; one snapshot is taken at a time.
 */
public final class Snapshots implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Snapshots.class);

	/**
	 * How long the application stands still for a collection and a histogram of a
	 * gigabyte, until one was measured.
	 */
	private static final Duration PAUSE_PER_GIGABYTE = Duration.ofMillis(3500);

	private static final String MAX_PAUSE = "leakwatch.snapshots.max-pause";

	private final ClassHistogram histogram;

	private final SnapshotSettings settings;

	private final Clock clock;

	private final Problems problems = new Problems();

	private final SnapshotStore store;

	private final PausePredictor predictor = new PausePredictor(PAUSE_PER_GIGABYTE);

	/** Held while the application stands still, of whatever thread. */
	private final Semaphore capturing = new Semaphore(1);

	private final HeapDumps heapDumps;

	private volatile boolean closed;

	private volatile @Nullable Instant lastTakenAt;

	private volatile Consumer<Snapshot> listener = (snapshot) -> {
	};

	/**
	 * Snapshots of this JVM by histogram alone.
	 * @param histogram takes the histograms
	 * @param settings the limits
	 * @param clock tells the time
	 */
	public Snapshots(ClassHistogram histogram, SnapshotSettings settings, Clock clock) {
		this(histogram, settings, null, clock);
	}

	/**
	 * Snapshots of this JVM.
	 * @param histogram takes the histograms
	 * @param settings the limits
	 * @param analyser analyses the heap dumps, {@code null} where none are to be taken
	 * @param clock tells the time
	 */
	public Snapshots(ClassHistogram histogram, SnapshotSettings settings, @Nullable DumpAnalyser analyser,
			Clock clock) {
		this(histogram, settings, analyser, HeapDumper.hotSpot(), clock);
	}

	Snapshots(ClassHistogram histogram, SnapshotSettings settings, @Nullable DumpAnalyser analyser, HeapDumper dumper,
			Clock clock) {
		this.histogram = histogram;
		this.settings = settings;
		this.clock = clock;
		this.store = new SnapshotStore(settings, this.problems);
		this.heapDumps = new HeapDumps(settings, this.store, dumper, analyser, clock, this.capturing, this::tell);
	}

	/**
	 * Has a listener told of each snapshot that is ready, on the thread that took it; not
	 * of those that were added. What it throws is logged.
	 * @param listener the listener, in place of the one before
	 */
	public void onTaken(Consumer<Snapshot> listener) {
		this.listener = listener;
	}

	/**
	 * Has a listener told of the pause of each heap dump.
	 * @param listener the listener, in place of the one before
	 */
	public void onCapture(CaptureListener listener) {
		this.heapDumps.onCapture(listener);
	}

	/**
	 * Looks what is on disk from earlier, and removes what a crashed run has left there.
	 * Done at the first use of any method, too; this is for doing it at a good moment.
	 */
	public void open() {
		this.store.list();
	}

	/**
	 * Takes a snapshot by class histogram, now, on this thread.
	 * @param label what to call it, {@code null} for nothing
	 * @param liveOnly whether to collect the heap first
	 * @return the snapshot
	 * @throws SnapshotRefusedException where a limit forbids it
	 * @throws io.leakwatch.core.histogram.HistogramUnavailableException where the JVM
	 * gives none
	 */
	public Snapshot take(@Nullable String label, boolean liveOnly) {
		Refusals.whileClosed(this.closed);
		if (!this.capturing.tryAcquire()) {
			throw Refusals.underWay();
		}
		try {
			Refusals.whileCoolingDown(this.lastTakenAt, this.settings.coolDown(), this.clock.instant(), "snapshot",
					"leakwatch.snapshots.cool-down");
			long usedBytes = new JvmSignals().heap().usedBytes();
			Duration predicted = this.predictor.predict(usedBytes);
			Refusals.ifTooLong(predicted, this.settings.maxPause(), MAX_PAUSE);
			Histogram taken = this.histogram.take(liveOnly);
			this.predictor.learn(usedBytes, taken.pause());
			this.lastTakenAt = this.clock.instant();
			return keep(taken, SnapshotProperties.printable(label), false, liveOnly, predicted);
		}
		finally {
			this.capturing.release();
		}
	}

	/**
	 * Begins to take a heap dump, and to analyse it. Returns at once: a thread of its own
	 * does it, and {@link #find(String)} tells how far it is.
	 * @param label what to call it, {@code null} for nothing
	 * @return the snapshot, {@link SnapshotState#CAPTURING}
	 * @throws SnapshotRefusedException where a limit forbids it, or there is none here
	 */
	public Snapshot takeHeapDump(@Nullable String label) {
		return this.heapDumps.take(label, false, this.settings.maxPause(), MAX_PAUSE);
	}

	/**
	 * Begins to take a heap dump that nobody asked for, without a cool-down.
	 * @param label what to call it, {@code null} for nothing
	 * @param maxPause the longest predicted pause
	 * @return as {@link #takeHeapDump(String)}
	 * @throws SnapshotRefusedException where a limit forbids it, or there is none here
	 */
	public Snapshot takeHeapDumpAutomatically(@Nullable String label, Duration maxPause) {
		return this.heapDumps.take(label, true, maxPause, "leakwatch.max-pause");
	}

	/**
	 * Adds a profile from elsewhere, as that of another instance.
	 * @param profile a profile's file, of 8 MB at most; read to its end, left open
	 * @param label what to call it, {@code null} for the profile's own title
	 * @return the snapshot, ready
	 * @throws SnapshotUnreadableException if it is no profile, a damaged or too large one
	 * @throws SnapshotRefusedException if the service is shutting down
	 * @throws IOException if the stream cannot be read
	 */
	public Snapshot add(InputStream profile, @Nullable String label) throws IOException {
		Refusals.whileClosed(this.closed);
		HeapProfile read = ProfileUpload.read(profile);
		SnapshotKind kind = SnapshotKind.valueOf(read.kind().name());
		Snapshot snapshot = new Snapshot(this.store.nextId('u'), kind, SnapshotState.READY,
				SnapshotProperties.printable((label != null) ? label : read.title()), false, true, false,
				kind == SnapshotKind.HEAP_DUMP, read.takenAt(), Duration.ZERO, null, null, null,
				SnapshotTotals.of(read), null);
		this.store.add(snapshot, read);
		return snapshot;
	}

	/**
	 * Keeps a histogram that the watch took, if an automatic snapshot is due: the first,
	 * and one each interval.
	 * @param histogram the histogram, garbage included
	 * @param predicted the pause that was expected
	 */
	public void offer(Histogram histogram, Duration predicted) {
		if (this.closed) {
			return;
		}
		Optional<Snapshot> last = lastAutomatic();
		if (last.isEmpty()) {
			// A person's own baseline is not to be overridden.
			boolean hasBaseline = this.store.list()
				.stream()
				.anyMatch((snapshot) -> snapshot.ofThisRun() && References.BASELINE.equals(snapshot.label()));
			keep(histogram, hasBaseline ? null : References.BASELINE, true, false, predicted);
		}
		else if (isDue(last.get(), histogram.profile().takenAt())) {
			keep(histogram, null, true, false, predicted);
		}
	}

	/**
	 * Whether an automatic snapshot is wanted, so that a histogram is worth its cost.
	 * @return whether one is due
	 */
	public boolean isDue() {
		return lastAutomatic().map((last) -> isDue(last, this.clock.instant())).orElse(true);
	}

	/**
	 * Whether the heap is being looked at for a snapshot, a histogram that was asked for
	 * or any heap dump. Not so while a dump is being analysed.
	 * @return whether the application stands still for one
	 */
	public boolean isTaking() {
		return this.capturing.availablePermits() == 0;
	}

	/**
	 * The snapshots that are kept.
	 * @return an immutable list, oldest first
	 */
	public List<Snapshot> list() {
		return this.store.list();
	}

	/**
	 * Looks a snapshot up. By its id any is found, else one that is ready.
	 * @param reference its id; its label, which finds the newest of several;
	 * {@code latest}; or {@code baseline}, which finds the oldest where none has that
	 * label. The latest and the baseline are of this run; where it has none yet, of
	 * earlier ones
	 * @return the snapshot, if there is one
	 */
	public Optional<Snapshot> find(String reference) {
		return this.store.find(reference);
	}

	/**
	 * What a snapshot saw. Read from disk, where the snapshots are kept there, which
	 * takes some milliseconds.
	 * @param snapshot the snapshot
	 * @return its profile
	 * @throws SnapshotUnreadableException if there is none
	 */
	public HeapProfile profile(Snapshot snapshot) {
		return profile(snapshot.id());
	}

	/**
	 * What a snapshot saw.
	 * @param id the snapshot's id
	 * @return as {@link #profile(Snapshot)}
	 * @throws SnapshotUnreadableException if there is none
	 */
	public HeapProfile profile(String id) {
		return this.store.profile(id);
	}

	/**
	 * What a snapshot saw, as a file for another instance or for the command line tool.
	 * @param id the snapshot's id
	 * @return the profile in the format of {@link ProfileFile}
	 * @throws SnapshotUnreadableException if there is none
	 */
	public byte[] profileFile(String id) {
		return this.store.profileFile(id);
	}

	/**
	 * Forgets a snapshot. One that is under way is cancelled; a dump that the JVM writes
	 * is written to its end before it is deleted, though.
	 * @param id its id
	 * @return whether there was one
	 */
	public boolean delete(String id) {
		boolean deleted = this.store.delete(id);
		if (deleted) {
			this.heapDumps.cancel(id);
		}
		return deleted;
	}

	/**
	 * What went wrong with keeping snapshots since the start: damaged files, a folder
	 * that cannot be used.
	 * @return sentences, the newest last; few
	 */
	public List<String> problems() {
		return this.problems.list();
	}

	/**
	 * Ends taking snapshots: none is begun from now on, an analysis under way is stopped
	 * and its dump deleted. Waits for nothing. What is kept can still be read.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.heapDumps.close();
	}

	private Optional<Snapshot> lastAutomatic() {
		return this.store.list()
			.stream()
			.filter((snapshot) -> snapshot.kind() == SnapshotKind.HISTOGRAM && snapshot.automatic()
					&& snapshot.ofThisRun())
			.reduce((earlier, later) -> later);
	}

	private boolean isDue(Snapshot last, Instant now) {
		return now.isBefore(last.takenAt()) || !now.isBefore(last.takenAt().plus(this.settings.interval()));
	}

	private Snapshot keep(Histogram taken, @Nullable String label, boolean automatic, boolean liveOnly,
			Duration predicted) {
		String id = this.store.nextId('h');
		Snapshot snapshot = new Snapshot(id, SnapshotKind.HISTOGRAM, SnapshotState.READY, label, automatic, false, true,
				liveOnly, taken.profile().takenAt(), predicted, taken.pause(), null, null,
				SnapshotTotals.of(taken.profile()), null);
		this.store.add(snapshot, taken.profile());
		tell(snapshot);
		return snapshot;
	}

	private void tell(Snapshot snapshot) {
		try {
			this.listener.accept(snapshot);
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("The snapshot {} is taken, but who was to hear of it failed", snapshot.id(), ex);
		}
	}

}
