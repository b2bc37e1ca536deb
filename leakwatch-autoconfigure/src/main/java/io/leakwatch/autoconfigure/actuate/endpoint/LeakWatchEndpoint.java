package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.leakwatch.autoconfigure.cache.CacheReading;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.monitor.Report;
import io.leakwatch.core.signal.JvmSignals;
import io.leakwatch.heap.profile.PrintableName;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The endpoint {@code leakwatch}: what leaks in this service. Every answer is drawn from
 * the monitor's latest report, so asking costs the service nothing; a profile costs what
 * it says.
 */
@WebEndpoint(id = "leakwatch", defaultAccess = Access.READ_ONLY)
public final class LeakWatchEndpoint {

	private final LeakWatchMonitor monitor;

	private final Supplier<List<CacheReading>> caches;

	private final ProfileAnswers profiles;

	private final Clock clock = Clock.systemUTC();

	LeakWatchEndpoint(LeakWatchMonitor monitor, Supplier<List<CacheReading>> caches, ProfileAnswers profiles) {
		this.monitor = monitor;
		this.caches = caches;
		this.profiles = profiles;
	}

	/**
	 * The whole report.
	 * @param format the form to answer in
	 * @return a {@link LeakWatchDescriptor}, or text; 503 while there is none
	 */
	@ReadOperation(producesFrom = ReportFormat.class)
	public WebEndpointResponse<Object> report(ReportFormat format) {
		return answer(format, (latest) -> {
			LeakWatchDescriptor descriptor = describe(latest);
			return Answers.of(format, descriptor, () -> LeakWatchTextReport.of(descriptor, this.clock.instant()));
		});
	}

	/**
	 * One part of the report.
	 * @param part {@code suspects}, {@code caches}, {@code threads}, {@code containers},
	 * {@code classes} or {@code timeline}
	 * @param format the form to answer in
	 * @return the part under its name, or text; 404 for a part that there is not, 503
	 * while there is no report
	 */
	@ReadOperation(producesFrom = ReportFormat.class)
	public WebEndpointResponse<Object> part(@Selector String part, ReportFormat format) {
		return answer(format, (latest) -> part(part, latest, format));
	}

	/**
	 * A profile, for {@code go tool pprof} and other tools that read its format. Samples
	 * for as long as is asked for, and answers then.
	 * @param part {@code profile}
	 * @param kind {@code heap}, {@code allocations}, {@code threads} or {@code retained}
	 * @param seconds for how long heap and allocations are sampled, from 1 to 300; 10
	 * where not given
	 * @param format {@code pprof}, {@code text}, {@code html} or {@code jfr}, in place of
	 * what the request accepts
	 * @param accepted the form that the request accepts
	 * @return the profile; 400 for what is asked wrongly, 404 for what there is not, 429
	 * while another is being recorded, 501 where this JVM cannot tell it
	 */
	@ReadOperation(producesFrom = ProfileForm.class)
	public WebEndpointResponse<Object> profile(@Selector String part, @Selector String kind, @Nullable Integer seconds,
			@Nullable String format, ProfileForm accepted) {
		if (!part.equals("profile")) {
			return Answers.problem(ReportFormat.JSON, ProblemDescriptor.notFound(
					"There is no part '%s' with parts of its own; there is profile.".formatted(Problems.shown(part))));
		}
		return this.profiles.answer(kind, seconds, format, accepted);
	}

	private WebEndpointResponse<Object> part(String part, Report report, ReportFormat format) {
		LeakWatchDescriptor descriptor = describe(report);
		return switch (part) {
			case "suspects" ->
				Answers.of(format, Map.of(part, descriptor.suspects()), () -> LeakWatchTextReport.suspects(descriptor));
			case "caches" -> Answers.of(format, Map.of(part, descriptor.caches()),
					() -> LeakWatchTextReport.caches(descriptor.caches(), Integer.MAX_VALUE));
			case "threads" -> Answers.of(format, Map.of(part, descriptor.threads()),
					() -> LeakWatchTextReport.threads(descriptor.threads().groups(), Integer.MAX_VALUE));
			case "containers" -> containers(part, report, format);
			case "classes" -> Answers.of(format,
					Map.of(part, report.classChanges().stream().map(ClassRowDescriptor::of).toList()),
					() -> HeapDiffText.classes(report.classChanges().stream().map(ClassRowDescriptor::of).toList()));
			case "timeline" ->
				Answers.of(format, Map.of(part, report.timeline().stream().map(TimelinePointDescriptor::of).toList()),
						() -> LeakWatchTextReport.timeline(report.timeline()));
			default -> Answers.problem(format, ProblemDescriptor.notFound(
					"There is no part '%s'; there are suspects, caches, threads, containers, classes and timeline."
						.formatted(PrintableName.of(part, 50))));
		};
	}

	private static WebEndpointResponse<Object> containers(String part, Report report, ReportFormat format) {
		List<ContainerDescriptor> containers = report.containers().stream().map(ContainerDescriptor::of).toList();
		return Answers.of(format, Map.of(part, containers), () -> LeakWatchTextReport.containers(containers));
	}

	private WebEndpointResponse<Object> answer(ReportFormat format,
			Function<Report, WebEndpointResponse<Object>> answer) {
		Report latest;
		try {
			latest = this.monitor.awaitReport();
		}
		catch (IllegalStateException ex) {
			return Answers.problem(format,
					new ProblemDescriptor(503, "NO_REPORT", String.valueOf(ex.getMessage()), null));
		}
		return answer.apply(latest);
	}

	private LeakWatchDescriptor describe(Report report) {
		return LeakWatchDescriptor.of(report, this.caches.get(), JvmSignals.uptime());
	}

}
