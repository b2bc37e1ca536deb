package io.leakwatch.autoconfigure.actuate.endpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;

import io.leakwatch.core.histogram.HistogramUnavailableException;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotRefusedException;
import io.leakwatch.core.snapshot.SnapshotUnreadableException;
import io.leakwatch.core.snapshot.Snapshots;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Takes the snapshots that requests ask for, and those that come with a request.
 */
final class SnapshotRequests {

	static final String HISTOGRAM = "histogram";

	static final String HEAP_DUMP = "heapdump";

	static final String PROFILE = "profile";

	private static final int ACCEPTED = 202;

	private final Snapshots snapshots;

	SnapshotRequests(Snapshots snapshots) {
		this.snapshots = snapshots;
	}

	WebEndpointResponse<Object> answer(@Nullable String kind, @Nullable String label, @Nullable String profile) {
		String wanted = (kind != null) ? kind : HISTOGRAM;
		if (profile != null && !wanted.equals(PROFILE)) {
			return problem(ProblemDescriptor.badRequest("A profile is uploaded with \"kind\":\"profile\" beside it."));
		}
		try {
			return switch (wanted) {
				case HISTOGRAM -> ok(this.snapshots.take(label, true));
				case HEAP_DUMP -> new WebEndpointResponse<>(SnapshotDescriptor.of(this.snapshots.takeHeapDump(label)),
						ACCEPTED, ReportFormat.JSON.getProducedMimeType());
				case PROFILE -> upload(profile, label);
				default -> problem(ProblemDescriptor.badRequest(
						"kind must be histogram, heapdump or profile, not '%s'.".formatted(Problems.shown(wanted))));
			};
		}
		catch (SnapshotRefusedException ex) {
			return problem(Problems.refused(ex));
		}
		catch (HistogramUnavailableException ex) {
			return problem(Problems.unavailable(ex));
		}
	}

	private WebEndpointResponse<Object> upload(@Nullable String profile, @Nullable String label) {
		if (profile == null || profile.isBlank()) {
			return problem(ProblemDescriptor
				.badRequest("There is no profile in the request: it goes into the field \"profile\", in Base64."));
		}
		try {
			byte[] bytes = Base64.getDecoder().decode(profile.strip());
			return ok(this.snapshots.add(new ByteArrayInputStream(bytes), label));
		}
		catch (IllegalArgumentException ex) {
			return problem(ProblemDescriptor
				.badRequest("The profile is no Base64: encode the downloaded file with: base64 -w0. (%s)"
					.formatted(ex.getMessage())));
		}
		catch (SnapshotUnreadableException | IOException ex) {
			return problem(ProblemDescriptor.badRequest(String.valueOf(ex.getMessage())));
		}
	}

	private static WebEndpointResponse<Object> ok(Snapshot snapshot) {
		SnapshotDescriptor descriptor = SnapshotDescriptor.of(snapshot);
		return Answers.of(ReportFormat.JSON, descriptor, descriptor::toString);
	}

	private static WebEndpointResponse<Object> problem(ProblemDescriptor problem) {
		return Answers.problem(ReportFormat.JSON, problem);
	}

}
