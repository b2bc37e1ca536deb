package io.leakwatch.core.snapshot;

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
import io.leakwatch.heap.profile.PrintableName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots within their limits, and keeps them. Those that a person asks for
 * collect the heap first, so that they count live objects only; those of the watch do
 * not. Each is at most some 160 KB besides the class names, which all share. Safe for
 * several threads; one snapshot is taken at a time.
 */
public final class Snapshots {

	private static final Logger logger = LoggerFactory.getLogger(Snapshots.class);

	/**
	 * How long the application stands still for a collection and a histogram of a
	 * gigabyte, until one was measured.
	 */
	private static final Duration PAUSE_PER_GIGABYTE = Duration.ofMillis(3500);

	private static final int MAXIMUM_LABEL_LENGTH = 100;

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
	 * Snapshots of this JVM.
	 * @param histogram takes the histograms
	 * @param settings the limits
	 * @param clock tells the time
	 */
	public Snapshots(ClassHistogram histogram, SnapshotSettings settings, Clock clock) {
		this.histogram = histogram;
		this.settings = settings;
		this.clock = clock;
		this.store = new SnapshotStore(settings.maximumCount());
	}

	/**
	 * Has a listener told of each snapshot that was taken, on the thread that took it.
	 * What it throws is logged.
	 * @param listener the listener, in place of the one before
	 */
	public void onTaken(Consumer<Snapshot> listener) {
		this.listener = listener;
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
	 * Keeps a histogram that the watch took, if an automatic snapshot is due: the first,
	 * and one each interval.
	 * @param histogram the histogram, garbage included
	 * @param predicted the pause that was expected
	 */
	public void offer(Histogram histogram, Duration predicted) {
		List<Snapshot> automatic = this.store.list().stream().filter(Snapshot::automatic).toList();
		if (automatic.isEmpty()) {
			// A person's own baseline is not to be overridden.
			String label = this.store.hasLabel(SnapshotStore.BASELINE) ? null : SnapshotStore.BASELINE;
			keep(histogram, label, true, false, predicted);
		}
		else if (isDue(automatic.get(automatic.size() - 1), histogram.profile().takenAt())) {
			keep(histogram, null, true, false, predicted);
		}
	}

	/**
	 * Whether an automatic snapshot is wanted, so that a histogram is worth its cost.
	 * @return whether one is due
	 */
	public boolean isDue() {
		return this.store.list()
			.stream()
			.filter(Snapshot::automatic)
			.reduce((earlier, later) -> later)
			.map((last) -> isDue(last, this.clock.instant()))
			.orElse(true);
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
	 * Looks a snapshot up.
	 * @param reference its id; its label, which finds the newest of several;
	 * {@code latest}; or {@code baseline}, which finds the oldest where none has that
	 * label
	 * @return the snapshot, if there is one
	 */
	public Optional<Snapshot> find(String reference) {
		return this.store.find(reference);
	}

	/**
	 * Forgets a snapshot.
	 * @param id its id
	 * @return whether there was one
	 */
	public boolean delete(String id) {
		return this.store.delete(id);
	}

	private boolean isDue(Snapshot last, Instant now) {
		return now.isBefore(last.profile().takenAt())
				|| !now.isBefore(last.profile().takenAt().plus(this.settings.interval()));
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
		Snapshot snapshot = new Snapshot(id, SnapshotKind.HISTOGRAM, SnapshotState.READY, label, automatic, liveOnly,
				predicted, taken.pause(), taken.profile());
		this.store.add(snapshot);
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
