package io.leakwatch.autoconfigure.health;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.leakwatch.core.monitor.Report;
import io.leakwatch.core.suspect.Severity;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health by the monitor's verdict: {@code UP}, or {@code LEAKING} with the suspects that
 * are more than watched. Boot does not know that status, so that it neither changes the
 * service's overall health nor its HTTP status: a slow leak is no reason to restart an
 * instance, unless its team decides so.
 */
final class LeakWatchHealthIndicator extends AbstractHealthIndicator {

	/** The status of a service with a confirmed leak. */
	static final Status LEAKING = new Status("LEAKING");

	private static final int SUSPECTS_TOLD = 5;

	private final Supplier<@Nullable Report> latestReport;

	LeakWatchHealthIndicator(Supplier<@Nullable Report> latestReport) {
		super("LeakWatch health check failed");
		this.latestReport = latestReport;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		Report report = this.latestReport.get();
		if (report == null) {
			return;
		}
		if (report.status() == io.leakwatch.core.monitor.Status.LEAKING) {
			builder.status(LEAKING);
		}
		builder.withDetail("verdict", report.status()).withDetail("since", report.since());
		List<Map<String, String>> suspects = report.suspects()
			.stream()
			.filter((suspect) -> suspect.finding().severity() != Severity.WATCH)
			.limit(SUSPECTS_TOLD)
			.map((suspect) -> Map.of("id", suspect.id(), "severity", suspect.finding().severity().name(), "title",
					suspect.finding().title()))
			.toList();
		if (!suspects.isEmpty()) {
			builder.withDetail("suspects", suspects);
		}
	}

}
