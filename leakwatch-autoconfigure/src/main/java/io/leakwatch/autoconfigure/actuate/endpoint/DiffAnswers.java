package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotKind;
import io.leakwatch.core.snapshot.SnapshotState;
import io.leakwatch.core.snapshot.SnapshotUnreadableException;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.heap.profile.HeapProfile;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Finds the two snapshots that a request wants compared, and compares them. One
 * comparison at a time is made, so that many requests at once do not fill the heap with
 * profiles.
 */
final class DiffAnswers {

	private static final int DEFAULT_TOP = 50;

	private static final int MAXIMUM_TOP = 4000;

	/**
	 * Of more heap dumps than this, those between the first and the last are thinned out.
	 */
	private static final int MAXIMUM_SERIES = 10;

	private static final String BASELINE = "baseline";

	private static final String LATEST = "latest";

	private final Snapshots snapshots;

	private final Supplier<@Nullable String> histogramHeldBack;

	private final Supplier<@Nullable String> heapDumpHeldBack;

	private final ReentrantLock comparing = new ReentrantLock();

	DiffAnswers(Snapshots snapshots, Supplier<@Nullable String> histogramHeldBack,
			Supplier<@Nullable String> heapDumpHeldBack) {
		this.snapshots = snapshots;
		this.histogramHeldBack = histogramHeldBack;
		this.heapDumpHeldBack = heapDumpHeldBack;
	}

	WebEndpointResponse<Object> answer(@Nullable String from, @Nullable String to, @Nullable String word,
			@Nullable Integer top, ReportFormat format) {
		DiffBy by = DiffBy.of((word != null) ? word : DiffBy.CLASS.word()).orElse(null);
		if (by == null) {
			return Answers.problem(format, ProblemDescriptor
				.badRequest("by must be %s, not '%s'.".formatted(DiffBy.ALL, Problems.shown(String.valueOf(word)))));
		}
		int rows = (top != null) ? top : DEFAULT_TOP;
		if (rows < 1 || rows > MAXIMUM_TOP) {
			return Answers.problem(format,
					ProblemDescriptor.badRequest("top must be from 1 to %d, it is %d.".formatted(MAXIMUM_TOP, rows)));
		}
		if (from == null && to == null) {
			List<Snapshot> comparable = comparable(by);
			if (comparable.size() < 2) {
				return none(by, comparable, format);
			}
		}
		return compare(by, (from != null) ? from : BASELINE, (to != null) ? to : LATEST, rows, format);
	}

	private WebEndpointResponse<Object> compare(DiffBy by, String earlier, String later, int top, ReportFormat format) {
		Optional<Snapshot> from = find(by, earlier);
		Optional<Snapshot> to = find(by, later);
		if (from.isEmpty() || to.isEmpty()) {
			return Answers.problem(format, unknown(by, from.isEmpty() ? earlier : later));
		}
		Optional<ProblemDescriptor> problem = Stream.of(from.get(), to.get())
			.map((snapshot) -> problem(by, snapshot))
			.filter(Objects::nonNull)
			.findFirst();
		if (problem.isPresent()) {
			return Answers.problem(format, problem.get());
		}
		try {
			HeapDiffDescriptor diff = compare(by, from.get(), to.get(), top);
			return Answers.of(format, diff, () -> HeapDiffText.of(diff));
		}
		catch (SnapshotUnreadableException ex) {
			return Answers.problem(format, Problems.unreadable(ex));
		}
	}

	private HeapDiffDescriptor compare(DiffBy by, Snapshot from, Snapshot to, int top) {
		this.comparing.lock();
		try {
			List<HeapProfile> profiles = series(from, to).stream().map(this.snapshots::profile).toList();
			return HeapDiffDescriptor.of(by, from, to, profiles, top);
		}
		finally {
			this.comparing.unlock();
		}
	}

	/**
	 * Both, and in between them the heap dumps that this service took since its start.
	 */
	private List<Snapshot> series(Snapshot from, Snapshot to) {
		List<Snapshot> between = (from.ofThisRun() && to.ofThisRun() && isHeapDump(from) && isHeapDump(to))
				? heapDumpsOfThisRun().stream()
					.filter((snapshot) -> snapshot.takenAt().isAfter(from.takenAt())
							&& snapshot.takenAt().isBefore(to.takenAt()))
					.toList()
				: List.of();
		List<Snapshot> series = new ArrayList<>();
		series.add(from);
		int room = Math.min(between.size(), MAXIMUM_SERIES - 2);
		for (int i = 0; i < room; i++) {
			series.add(between.get((int) ((long) i * between.size() / room)));
		}
		series.add(to);
		return series;
	}

	private Optional<Snapshot> find(DiffBy by, String reference) {
		if (by.needsHeapDumps() && reference.equals(LATEST)) {
			return last(heapDumpsOfThisRun());
		}
		if (by.needsHeapDumps() && reference.equals(BASELINE)) {
			List<Snapshot> dumps = heapDumpsOfThisRun();
			return last(dumps.stream().filter((snapshot) -> BASELINE.equals(snapshot.label())).toList())
				.or(() -> dumps.stream().findFirst());
		}
		return this.snapshots.find(reference);
	}

	private List<Snapshot> comparable(DiffBy by) {
		return by.needsHeapDumps() ? heapDumpsOfThisRun()
				: Stream.of(find(by, BASELINE), find(by, LATEST)).flatMap(Optional::stream).distinct().toList();
	}

	private List<Snapshot> heapDumpsOfThisRun() {
		return this.snapshots.list()
			.stream()
			.filter((snapshot) -> snapshot.ofThisRun() && snapshot.isReady() && isHeapDump(snapshot))
			.toList();
	}

	private static Optional<Snapshot> last(List<Snapshot> snapshots) {
		return snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.get(snapshots.size() - 1));
	}

	private static boolean isHeapDump(Snapshot snapshot) {
		return snapshot.kind() == SnapshotKind.HEAP_DUMP;
	}

	private static @Nullable ProblemDescriptor problem(DiffBy by, Snapshot snapshot) {
		if (by.needsHeapDumps() && !isHeapDump(snapshot)) {
			return ProblemDescriptor.badRequest(
					"Snapshot %s is a histogram, which knows classes alone: compare it by=class, or compare two heap dumps by=%s. %s"
						.formatted(snapshot.id(), by.word(), Problems.HOW_TO_TAKE_A_HEAP_DUMP));
		}
		return Problems.ifNotReady(snapshot);
	}

	private ProblemDescriptor unknown(DiffBy by, String reference) {
		boolean meansHeapDumps = by.needsHeapDumps() && (reference.equals(BASELINE) || reference.equals(LATEST));
		return meansHeapDumps ? ProblemDescriptor.notFound(whyNoHeapDumps(by, List.of())) : Problems.unknown(reference);
	}

	private WebEndpointResponse<Object> none(DiffBy by, List<Snapshot> comparable, ReportFormat format) {
		HeapDiffDescriptor none = HeapDiffDescriptor.none(by, last(comparable).orElse(null),
				by.needsHeapDumps() ? whyNoHeapDumps(by, comparable) : whyNone(comparable.size()));
		return Answers.of(format, none, () -> HeapDiffText.of(none));
	}

	private String whyNoHeapDumps(DiffBy by, List<Snapshot> dumps) {
		String underWay = this.snapshots.list()
			.stream()
			.filter((snapshot) -> isHeapDump(snapshot) && !snapshot.isReady()
					&& snapshot.state() != SnapshotState.FAILED)
			.findFirst()
			.map((snapshot) -> " Heap dump %s is under way: %s.".formatted(snapshot.id(),
					snapshot.state().name().toLowerCase(Locale.ROOT)))
			.orElse("");
		String why = dumps.isEmpty() ? "There is no heap dump of this run yet, and a comparison by=%s needs two."
				: "There is one heap dump of this run, and a comparison by=%s needs two: take the second when the service has worked for a while.";
		String heldBack = this.heapDumpHeldBack.get();
		String wanted = (heldBack != null) ? " One was wanted on suspicion, and held back: " + heldBack : "";
		return why.formatted(by.word()) + underWay + wanted + " " + Problems.HOW_TO_TAKE_A_HEAP_DUMP;
	}

	private String whyNone(int kept) {
		String heldBack = this.histogramHeldBack.get();
		String why = (heldBack != null) ? "None was taken automatically: " + heldBack + ". "
				: "LeakWatch takes the first after the warm-up, and further ones seldom (leakwatch.snapshots.interval). ";
		return (kept == 0) ? "There is no snapshot yet. " + why + Problems.HOW_TO_TAKE_ONE
				: "There is one snapshot, and two are needed to compare. " + why + Problems.HOW_TO_TAKE_ONE;
	}

}
