package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotUnreadableException;
import io.leakwatch.core.snapshot.Snapshots;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeType;

/**
 * The endpoint {@code heapdump-diff}: what grew between two snapshots. Reading compares
 * what is kept and costs the service little; taking a snapshot makes the application
 * stand still, which the answer tells.
 */
@WebEndpoint(id = "heapdumpdiff", defaultAccess = Access.READ_ONLY)
public final class HeapDumpDiffEndpoint {

	private static final String SNAPSHOTS = "snapshots";

	private static final String PROFILE = "profile";

	private static final String BINARY = "application/octet-stream";

	private final Snapshots snapshots;

	private final DiffAnswers diffs;

	private final SnapshotRequests requests;

	/**
	 * The endpoint.
	 * @param snapshots the snapshots
	 * @param histogramHeldBack why the watch took none when it wanted to, {@code null}
	 * where nothing kept it
	 * @param heapDumpHeldBack the same of heap dumps on suspicion
	 */
	HeapDumpDiffEndpoint(Snapshots snapshots, Supplier<@Nullable String> histogramHeldBack,
			Supplier<@Nullable String> heapDumpHeldBack) {
		this.snapshots = snapshots;
		this.diffs = new DiffAnswers(snapshots, histogramHeldBack, heapDumpHeldBack);
		this.requests = new SnapshotRequests(snapshots);
	}

	/**
	 * Compares two snapshots.
	 * @param from id or label of the earlier, {@code baseline} where not given
	 * @param to id or label of the later, {@code latest} where not given
	 * @param by what to compare by: {@code class}; of heap dumps also {@code path},
	 * {@code bean} or {@code loader}
	 * @param top how many rows
	 * @param format the form to answer in
	 * @return a {@link HeapDiffDescriptor}, or text; 404 for a snapshot that there is
	 * not, 409 for one that is not ready
	 */
	@ReadOperation(producesFrom = ReportFormat.class)
	public WebEndpointResponse<Object> diff(@Nullable String from, @Nullable String to, @Nullable String by,
			@Nullable Integer top, ReportFormat format) {
		return this.diffs.answer(from, to, by, top, format);
	}

	/**
	 * Lists the snapshots that are kept.
	 * @param part {@code snapshots}
	 * @param format the form to answer in
	 * @return a list of {@link SnapshotDescriptor}, oldest first, and what is wrong with
	 * what is kept; or text; 404 for another part
	 */
	@ReadOperation(producesFrom = ReportFormat.class)
	public WebEndpointResponse<Object> list(@Selector String part, ReportFormat format) {
		if (!part.equals(SNAPSHOTS)) {
			return Answers.problem(format, Problems.unknownPart(part));
		}
		List<SnapshotDescriptor> list = this.snapshots.list().stream().map(SnapshotDescriptor::of).toList();
		List<String> problems = this.snapshots.problems();
		Map<String, Object> json = new LinkedHashMap<>();
		json.put(SNAPSHOTS, list);
		json.put("problems", problems);
		return Answers.of(format, json, () -> SnapshotText.of(list, problems));
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
			return Answers.problem(format, Problems.unknownPart(part));
		}
		return this.snapshots.find(id)
			.map(SnapshotDescriptor::of)
			.map((snapshot) -> Answers.of(format, snapshot, () -> SnapshotText.of(List.of(snapshot), List.of())))
			.orElseGet(() -> Answers.problem(format, Problems.unknown(id)));
	}

	/**
	 * The profile of a snapshot as a file, which another instance and the command line
	 * tool can read: names, counts and sizes, no value.
	 * @param part {@code snapshots}
	 * @param id its id, its label, {@code baseline} or {@code latest}
	 * @param file {@code profile}
	 * @return the file; 404 where there is none, 409 where it is not ready
	 */
	@ReadOperation(produces = { BINARY, "application/json" })
	public WebEndpointResponse<Object> download(@Selector String part, @Selector String id, @Selector String file) {
		if (!part.equals(SNAPSHOTS)) {
			return Answers.problem(ReportFormat.JSON, Problems.unknownPart(part));
		}
		if (!file.equals(PROFILE)) {
			return Answers.problem(ReportFormat.JSON, ProblemDescriptor
				.notFound("A snapshot has no '%s'; it has a profile.".formatted(Problems.shown(file))));
		}
		Optional<Snapshot> snapshot = this.snapshots.find(id);
		if (snapshot.isEmpty()) {
			return Answers.problem(ReportFormat.JSON, Problems.unknown(id));
		}
		ProblemDescriptor problem = Problems.ifNotReady(snapshot.get());
		if (problem != null) {
			return Answers.problem(ReportFormat.JSON, problem);
		}
		try {
			byte[] profile = this.snapshots.profileFile(snapshot.get().id());
			return new WebEndpointResponse<>(new ByteArrayResource(profile), WebEndpointResponse.STATUS_OK,
					MimeType.valueOf(BINARY));
		}
		catch (SnapshotUnreadableException ex) {
			return Answers.problem(ReportFormat.JSON, Problems.unreadable(ex));
		}
	}

	/**
	 * Takes a histogram snapshot. Having no parameters, this operation takes requests
	 * without a body or a content type too, so that a bare {@code curl -X POST} does.
	 * @return as {@link #take(String, String, String)}
	 */
	@WriteOperation
	public WebEndpointResponse<Object> takeHistogram() {
		return take(null, null, null);
	}

	/**
	 * Takes a snapshot, or keeps one that comes with the request.
	 * @param kind {@code histogram}, which is also what is taken where it is not given;
	 * {@code heapdump}; or {@code profile} for one from elsewhere
	 * @param label what to call it
	 * @param profile the file of a profile, in Base64
	 * @return a {@link SnapshotDescriptor}, with status 202 where it is being taken; 429
	 * while one is under way or the last is too recent, 503 where the predicted pause is
	 * too long, 507 without room for it, 501 where there can be none here
	 */
	@WriteOperation
	public WebEndpointResponse<Object> take(@Nullable String kind, @Nullable String label, @Nullable String profile) {
		return this.requests.answer(kind, label, profile);
	}

	/**
	 * Forgets a snapshot. One that is being analysed is given up.
	 * @param part {@code snapshots}
	 * @param id its id
	 * @return 204, or 404 where there is none
	 */
	@DeleteOperation
	public @Nullable WebEndpointResponse<Object> delete(@Selector String part, @Selector String id) {
		if (!part.equals(SNAPSHOTS)) {
			return Answers.problem(ReportFormat.JSON, Problems.unknownPart(part));
		}
		return this.snapshots.delete(id) ? null : Answers.problem(ReportFormat.JSON, Problems.unknown(id));
	}

}
