package io.leakwatch.autoconfigure.actuate.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;

import io.leakwatch.core.profile.HeapProfiler;
import io.leakwatch.core.profile.ProfileRefusedException;
import io.leakwatch.core.profile.RetainedProfile;
import io.leakwatch.core.profile.StackProfile;
import io.leakwatch.core.profile.ThreadProfile;
import io.leakwatch.core.signal.ThreadStacks;
import io.leakwatch.core.signal.VirtualThreadStacks;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotKind;
import io.leakwatch.core.snapshot.Snapshots;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.ByteArrayResource;

/**
 * Answers requests for profiles.
 */
final class ProfileAnswers {

	private static final int DEFAULT_SECONDS = 10;

	private static final int MOST_SECONDS = 300;

	private final HeapProfiler profiler;

	private final Snapshots snapshots;

	private final Clock clock;

	ProfileAnswers(HeapProfiler profiler, Snapshots snapshots, Clock clock) {
		this.profiler = profiler;
		this.snapshots = snapshots;
		this.clock = clock;
	}

	/**
	 * Answers with a profile.
	 * @param kind {@code heap}, {@code allocations}, {@code threads} or {@code retained}
	 * @param seconds how long to sample, {@code null} for ten
	 * @param format the name of a form, {@code null} for the one that was accepted
	 * @param accepted the form that was accepted
	 */
	WebEndpointResponse<Object> answer(String kind, @Nullable Integer seconds, @Nullable String format,
			ProfileForm accepted) {
		ProfileForm form = (format != null) ? ProfileForm.of(format) : accepted;
		if (form == null) {
			return refused(accepted,
					ProblemDescriptor.badRequest("There is no format '%s'; there are pprof, text, html and jfr."
						.formatted(Problems.shown(String.valueOf(format)))));
		}
		if (seconds != null && (seconds < 1 || seconds > MOST_SECONDS)) {
			return refused(form, ProblemDescriptor
				.badRequest("seconds is %d, and must be from 1 to %d.".formatted(seconds, MOST_SECONDS)));
		}
		Duration window = Duration.ofSeconds((seconds != null) ? seconds : DEFAULT_SECONDS);
		try {
			return switch (kind) {
				case "heap" -> of(form, this.profiler.inUse(window));
				case "allocations" -> of(form, this.profiler.allocations(window));
				case "threads" -> of(form, kind,
						ThreadProfile.of(ThreadStacks.read(), VirtualThreadStacks.read(), this.clock.instant()), false);
				case "retained" -> of(form, kind, retained(), true);
				default -> refused(form,
						ProblemDescriptor
							.notFound("There is no profile '%s'; there are heap, allocations, threads and retained."
								.formatted(Problems.shown(kind))));
			};
		}
		catch (ProfileRefusedException ex) {
			return refused(form, problem(ex));
		}
		catch (IOException ex) {
			return refused(form, new ProblemDescriptor(500, "FAILED", String.valueOf(ex.getMessage()), null));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return refused(form, new ProblemDescriptor(503, "INTERRUPTED", "The request was given up.", null));
		}
	}

	private StackProfile retained() {
		Snapshot newest = this.snapshots.list()
			.stream()
			.filter((each) -> each.isReady() && each.kind() == SnapshotKind.HEAP_DUMP)
			.max(Comparator.comparing(Snapshot::takenAt))
			.orElseThrow(() -> new ProfileRefusedException(ProfileRefusedException.Reason.NOTHING_YET,
					"No heap dump was analysed yet. " + Problems.HOW_TO_TAKE_A_HEAP_DUMP));
		return RetainedProfile.of(this.snapshots.profile(newest), newest.id());
	}

	private static WebEndpointResponse<Object> of(ProfileForm form, HeapProfiler.Recorded recorded) {
		return (form == ProfileForm.JFR) ? answer(form, new ByteArrayResource(recorded.file()))
				: of(form, "", recorded.profile(), false);
	}

	private static WebEndpointResponse<Object> of(ProfileForm form, String kind, StackProfile profile,
			boolean byCumulative) {
		return switch (form) {
			case PPROF -> answer(form, new ByteArrayResource(pprof(profile)));
			case TEXT -> answer(form, ProfileTop.of(profile, byCumulative));
			case HTML -> answer(form, FlameGraph.of(profile));
			case JFR -> refused(form,
					ProblemDescriptor.badRequest(
							"The profile '%s' is not made of a recording; format=jfr is for heap and allocations."
								.formatted(kind)));
		};
	}

	private static byte[] pprof(StackProfile profile) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			profile.writePprof(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static ProblemDescriptor problem(ProfileRefusedException refusal) {
		int status = switch (refusal.reason()) {
			case UNAVAILABLE -> 501;
			case UNDER_WAY -> 429;
			case NOTHING_YET -> 404;
		};
		return new ProblemDescriptor(status, refusal.reason().name(), String.valueOf(refusal.getMessage()), null);
	}

	private static WebEndpointResponse<Object> refused(ProfileForm form, ProblemDescriptor problem) {
		return Answers.problem((form == ProfileForm.TEXT) ? ReportFormat.TEXT : ReportFormat.JSON, problem);
	}

	private static WebEndpointResponse<Object> answer(ProfileForm form, Object body) {
		return new WebEndpointResponse<>(body, WebEndpointResponse.STATUS_OK, form.getProducedMimeType());
	}

}
