package io.leakwatch.core.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.histogram.Histogram;
import io.leakwatch.core.histogram.PausePredictor;
import io.leakwatch.core.signal.JvmSignals;
import io.leakwatch.core.snapshot.SnapshotRefusedException.Reason;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PrintableName;
import io.leakwatch.heap.profile.ProfileFile;
import io.leakwatch.heap.profile.ProfileFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots within their limits, and keeps them. Those that a person asks for
 * collect the heap first, so that they count live objects only; those of the watch do
 * not. Each is at most some 160 KB besides the class names, which all share. Safe for
 * several threads; one snapshot is taken at a time.
 */
public final class Snapshots implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Snapshots.class);

	/**
	 * How long the application stands still for a collection and a histogram of a
	 * gigabyte, until one was measured.
	 */
	private static final Duration PAUSE_PER_GIGABYTE = Duration.ofMillis(3500);

	private static final int MAXIMUM_LABEL_LENGTH = 100;

	private static final int MAXIMUM_UPLOAD = 8 << 20;

	private final ClassHistogram histogram;

	private final SnapshotSettings settings;

	private final Clock clock;

	private final SnapshotStore store;

	private final PausePredictor predictor = new PausePredictor(PAUSE_PER_GIGABYTE);

	private final ReentrantLock taking = new ReentrantLock();

	private final AtomicLong number = new AtomicLong();

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
		this.histogram = histogram;
		this.settings = settings;
		this.clock = clock;
		this.store = new SnapshotStore(settings.maximumCount());
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
		if (!this.taking.tryLock()) {
			throw new SnapshotRefusedException(Reason.UNDER_WAY,
					"Another snapshot is being taken. Ask again in a moment.", Duration.ofSeconds(1));
		}
		try {
			refuseWhileCoolingDown();
			long usedBytes = new JvmSignals().heap().usedBytes();
			Duration predicted = this.predictor.predict(usedBytes);
			refuseIfTooLong(predicted);
			Histogram taken = this.histogram.take(liveOnly);
			this.predictor.learn(usedBytes, taken.pause());
			this.lastTakenAt = this.clock.instant();
			return keep(taken, printable(label), false, liveOnly, predicted);
		}
		finally {
			this.taking.unlock();
		}
	}

	/**
	 * Begins to take a heap dump, and to analyse it. Returns at once: a thread of its own
	 * does it, and {@link #find(String)} tells how far it is.
	 * @param label what to call it, {@code null} for nothing
	 * @return the snapshot, {@link SnapshotState#CAPTURING}
	 * @throws SnapshotRefusedException where a limit forbids it, or there is none here
	 */
	@SuppressWarnings("DoNotCallSuggester")
	public Snapshot takeHeapDump(@Nullable String label) {
		throw new SnapshotRefusedException(Reason.UNAVAILABLE,
				"This service is set up without heap dumps. Take a histogram instead.", null);
	}

	/**
	 * Begins to take a heap dump that nobody asked for, without a cool-down.
	 * @param label what to call it, {@code null} for nothing
	 * @param maxPause the longest predicted pause
	 * @return as {@link #takeHeapDump(String)}
	 * @throws SnapshotRefusedException where a limit forbids it, or there is none here
	 */
	public Snapshot takeHeapDumpAutomatically(@Nullable String label, Duration maxPause) {
		return takeHeapDump(label);
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
		byte[] bytes = profile.readNBytes(MAXIMUM_UPLOAD + 1);
		if (bytes.length > MAXIMUM_UPLOAD) {
			throw new SnapshotUnreadableException(
					"A profile has at most %d MB, and what was sent has more.".formatted(MAXIMUM_UPLOAD >> 20), null);
		}
		HeapProfile read;
		try {
			read = ProfileFile.read(new ByteArrayInputStream(bytes), "the profile");
		}
		catch (ProfileFormatException ex) {
			throw new SnapshotUnreadableException(
					"What was sent cannot be read as a profile; download it anew. " + ex.getMessage(), ex);
		}
		SnapshotKind kind = SnapshotKind.valueOf(read.kind().name());
		Snapshot snapshot = new Snapshot("u" + this.number.incrementAndGet(), kind, SnapshotState.READY,
				printable((label != null) ? label : read.title()), false, true, false, kind == SnapshotKind.HEAP_DUMP,
				read.takenAt(), Duration.ZERO, null, null, null, SnapshotTotals.of(read), null);
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
		Optional<Snapshot> last = lastAutomatic();
		if (last.isEmpty()) {
			// A person's own baseline is not to be overridden.
			boolean hasBaseline = this.store.list()
				.stream()
				.anyMatch((snapshot) -> snapshot.ofThisRun() && SnapshotStore.BASELINE.equals(snapshot.label()));
			keep(histogram, hasBaseline ? null : SnapshotStore.BASELINE, true, false, predicted);
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
	 * Whether a snapshot is being taken that was asked for.
	 * @return whether one is under way
	 */
	public boolean isTaking() {
		return this.taking.isLocked();
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
		HeapProfile profile = this.store.profile(id);
		if (profile == null) {
			throw new SnapshotUnreadableException("This snapshot has no profile.", null);
		}
		return profile;
	}

	/**
	 * What a snapshot saw, as a file for another instance or for the command line tool.
	 * @param id the snapshot's id
	 * @return the profile in the format of {@link ProfileFile}
	 * @throws SnapshotUnreadableException if there is none
	 */
	public byte[] profileFile(String id) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			ProfileFile.write(profile(id), bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Memory can always be written", ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Forgets a snapshot. One that is under way is cancelled; a dump that the JVM writes
	 * is written to its end before it is deleted, though.
	 * @param id its id
	 * @return whether there was one
	 */
	public boolean delete(String id) {
		return this.store.delete(id);
	}

	/**
	 * What went wrong with keeping snapshots since the start: damaged files, a folder
	 * that cannot be used.
	 * @return sentences, the newest last; few
	 */
	public List<String> problems() {
		return List.of();
	}

	/**
	 * Ends taking snapshots: none is begun from now on, an analysis under way is stopped
	 * and its dump deleted. Waits for nothing. What is kept can still be read.
	 */
	@Override
	public void close() {
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

	private void refuseWhileCoolingDown() {
		Instant last = this.lastTakenAt;
		if (last != null) {
			Duration left = Duration.between(this.clock.instant(), last.plus(this.settings.coolDown()));
			// More than the whole cool-down is left only if the clock was set back.
			if (left.compareTo(Duration.ZERO) > 0 && left.compareTo(this.settings.coolDown()) <= 0) {
				throw new SnapshotRefusedException(Reason.COOLING_DOWN,
						"The last snapshot was asked for less than %d s ago. Ask again in %d s, or lower leakwatch.snapshots.cool-down."
							.formatted(this.settings.coolDown().toSeconds(), left.toSeconds() + 1),
						left);
			}
		}
	}

	private void refuseIfTooLong(Duration predicted) {
		Duration limit = this.settings.maxPause();
		if (limit != null && predicted.compareTo(limit) > 0) {
			throw new SnapshotRefusedException(Reason.PAUSE_TOO_LONG,
					"The application would stand still for about %d ms, and leakwatch.snapshots.max-pause allows %d ms."
						.formatted(predicted.toMillis(), limit.toMillis()),
					null);
		}
	}

	private Snapshot keep(Histogram taken, @Nullable String label, boolean automatic, boolean liveOnly,
			Duration predicted) {
		String id = "h" + this.number.incrementAndGet();
		Snapshot snapshot = new Snapshot(id, SnapshotKind.HISTOGRAM, SnapshotState.READY, label, automatic, false, true,
				liveOnly, taken.profile().takenAt(), predicted, taken.pause(), null, null,
				SnapshotTotals.of(taken.profile()), null);
		this.store.add(snapshot, taken.profile());
		try {
			this.listener.accept(snapshot);
		}
		catch (RuntimeException ex) {
			logger.warn("The snapshot {} is taken, but who was to hear of it failed", id, ex);
		}
		return snapshot;
	}

	/** A label comes from a request, and goes to terminals and logs. */
	private static @Nullable String printable(@Nullable String label) {
		if (label == null || label.isBlank()) {
			return null;
		}
		return PrintableName.of(label.strip(), MAXIMUM_LABEL_LENGTH);
	}

}
