package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.leakwatch.core.histogram.HistogramUnavailableException;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotRefusedException;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.heap.profile.PrintableName;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The endpoint {@code heapdump-diff}: what grew between two snapshots. Reading compares
 * what is kept and costs the service nothing; taking a snapshot makes the application
 * stand still, which the answer tells.
 */
@WebEndpoint(id = "heapdumpdiff", defaultAccess = Access.READ_ONLY)
public final class HeapDumpDiffEndpoint {

	private static final int DEFAULT_TOP = 50;

	private static final int MAXIMUM_TOP = 4000;

	private static final String SNAPSHOTS = "snapshots";

	private static final String HOW_TO_TAKE_ONE = "Take one with: curl -X POST …/actuator/heapdump-diff"
			+ " (needs management.endpoint.heapdump-diff.access=unrestricted).";

	private final Snapshots snapshots;

	private final Supplier<@Nullable String> histogramHeldBack;

	/**
	 * The endpoint.
	 * @param snapshots the snapshots
	 * @param histogramHeldBack why the watch took none when it wanted to, {@code null}
	 * where nothing kept it
	 */
	HeapDumpDiffEndpoint(Snapshots snapshots, Supplier<@Nullable String> histogramHeldBack) {
		this.snapshots = snapshots;
		this.histogramHeldBack = histogramHeldBack;
	}

	/**
	 * Compares two snapshots.
	 * @param from id or label of the earlier, {@code baseline} where not given
	 * @param to id or label of the later, {@code latest} where not given
	 * @param by what to compare by: {@code class}
	 * @param top how many rows
	 * @param format the form to answer in
	 * @return a {@link HeapDiffDescriptor}, or text; 404 for a snapshot that there is not
	 */
	@ReadOperation(producesFrom = ReportFormat.class)
	public WebEndpointResponse<Object> diff(@Nullable String from, @Nullable String to, @Nullable String by,
			@Nullable Integer top, ReportFormat format) {
		if (by != null && !by.equals("class")) {
			return Answers.problem(format, ProblemDescriptor.badRequest(
					"Snapshots of kind histogram can be compared by=class only, not by=%s.".formatted(shown(by))));
		}
		int rows = (top != null) ? top : DEFAULT_TOP;
		if (rows < 1 || rows > MAXIMUM_TOP) {
			return Answers.problem(format,
					ProblemDescriptor.badRequest("top must be from 1 to %d, it is %d.".formatted(MAXIMUM_TOP, rows)));
		}
		List<Snapshot> kept = this.snapshots.list();
		if (from == null && to == null && kept.size() < 2) {
			HeapDiffDescriptor none = HeapDiffDescriptor.none(kept.isEmpty() ? null : kept.get(0),
					whyNone(kept.size()));
			return Answers.of(format, none, () -> HeapDiffText.of(none));
		}
		String earlier = (from != null) ? from : "baseline";
		String later = (to != null) ? to : "latest";
		Optional<Snapshot> first = this.snapshots.find(earlier);
		Optional<Snapshot> second = this.snapshots.find(later);
		if (first.isEmpty() || second.isEmpty()) {
			return Answers.problem(format, unknown(first.isEmpty() ? earlier : later));
		}
		HeapDiffDescriptor diff = HeapDiffDescriptor.of(first.get(), this.snapshots.profile(first.get()), second.get(),
				this.snapshots.profile(second.get()), rows);
		return Answers.of(format, diff, () -> HeapDiffText.of(diff));
	}

	/**
	 * Lists the snapshots that are kept.
	 * @param part {@code snapshots}
	 * @param format the form to answer in
	 * @return a list of {@link SnapshotDescriptor}, oldest first, or text; 404 for
	 * another part
	 */
	@ReadOperation(producesFrom = ReportFormat.class)
	public WebEndpointResponse<Object> list(@Selector String part, ReportFormat format) {
		if (!part.equals(SNAPSHOTS)) {
			return Answers.problem(format, unknownPart(part));
		}
		List<SnapshotDescriptor> list = this.snapshots.list().stream().map(SnapshotDescriptor::of).toList();
		return Answers.of(format, Map.of(SNAPSHOTS, list), () -> HeapDiffText.snapshots(list));
	}

	/**
	 * One snapshot.
	 * @param part {@code snapshots}
	 * @param id its id, its label, {@code baseline} or {@code latest}
	 * @param format the form to answer in
	 * @return a {@link SnapshotDescriptor}, or text; 404 where there is none
	 */
	@ReadOperation(producesFrom = ReportFormat.class)
	public WebEndpointResponse<Object> one(@Selector String part, @Selector String id, ReportFormat format) {
		if (!part.equals(SNAPSHOTS)) {
			return Answers.problem(format, unknownPart(part));
		}
		return this.snapshots.find(id)
			.map(SnapshotDescriptor::of)
			.map((snapshot) -> Answers.of(format, snapshot, () -> HeapDiffText.snapshots(List.of(snapshot))))
			.orElseGet(() -> Answers.problem(format, unknown(id)));
	}

	/**
	 * Takes a histogram snapshot. Having no parameters, this operation takes requests
	 * without a body or a content type too, so that a bare {@code curl -X POST} does.
	 * @return as {@link #take(String, String)}
	 */
	@WriteOperation
	public WebEndpointResponse<Object> takeHistogram() {
		return take(null, null);
	}

	/**
	 * Takes a snapshot.
	 * @param kind {@code histogram}, which is also what is taken where it is not given
	 * @param label what to call it
	 * @return a {@link SnapshotDescriptor}; 429 while one is under way or the last is too
	 * recent, 503 where the predicted pause is too long, 501 where the JVM gives no
	 * histogram
	 */
	@WriteOperation
	public WebEndpointResponse<Object> take(@Nullable String kind, @Nullable String label) {
		if (kind != null && !kind.equals("histogram")) {
			return Answers.problem(ReportFormat.JSON, ProblemDescriptor.badRequest(
					"A snapshot's kind is histogram; '%s' is not known to this version.".formatted(shown(kind))));
		}
		try {
			SnapshotDescriptor taken = SnapshotDescriptor.of(this.snapshots.take(label, true));
			return Answers.of(ReportFormat.JSON, taken, () -> HeapDiffText.snapshots(List.of(taken)));
		}
		catch (SnapshotRefusedException ex) {
			int status = (ex.reason() == SnapshotRefusedException.Reason.PAUSE_TOO_LONG) ? 503 : 429;
			Long retryAfter = (ex.retryAfter() != null) ? ex.retryAfter().toSeconds() + 1 : null;
			return Answers.problem(ReportFormat.JSON,
					new ProblemDescriptor(status, ex.reason().name(), String.valueOf(ex.getMessage()), retryAfter));
		}
		catch (HistogramUnavailableException ex) {
			return Answers.problem(ReportFormat.JSON,
					new ProblemDescriptor(501, "UNAVAILABLE", String.valueOf(ex.getMessage()), null));
		}
	}

	/**
	 * Forgets a snapshot.
	 * @param part {@code snapshots}
	 * @param id its id
	 * @return 204, or 404 where there is none
	 */
	@DeleteOperation
	public @Nullable WebEndpointResponse<Object> delete(@Selector String part, @Selector String id) {
		if (!part.equals(SNAPSHOTS)) {
			return Answers.problem(ReportFormat.JSON, unknownPart(part));
		}
		return this.snapshots.delete(id) ? null : Answers.problem(ReportFormat.JSON, unknown(id));
	}

	private String whyNone(int kept) {
		String heldBack = this.histogramHeldBack.get();
		String why = (heldBack != null) ? "None was taken automatically: " + heldBack + ". "
				: "LeakWatch takes the first after the warm-up, and further ones seldom (leakwatch.snapshots.interval). ";
		return (kept == 0) ? "There is no snapshot yet. " + why + HOW_TO_TAKE_ONE
				: "There is one snapshot, and two are needed to compare. " + why + HOW_TO_TAKE_ONE;
	}

	private static ProblemDescriptor unknown(String reference) {
		return ProblemDescriptor
			.notFound("There is no snapshot '%s'; …/heapdump-diff/snapshots lists them.".formatted(shown(reference)));
	}

	private static ProblemDescriptor unknownPart(String part) {
		return ProblemDescriptor.notFound("There is no part '%s'; there is snapshots.".formatted(shown(part)));
	}

	/** What came with a request, fit to be shown. */
	private static String shown(String text) {
		return PrintableName.of(text, 50);
	}

}
