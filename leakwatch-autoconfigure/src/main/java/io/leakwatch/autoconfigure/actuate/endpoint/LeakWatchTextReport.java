package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.leakwatch.autoconfigure.actuate.endpoint.LeakWatchDescriptor.HeapDescriptor;
import io.leakwatch.autoconfigure.actuate.endpoint.LeakWatchDescriptor.SuspectDescriptor;
import io.leakwatch.autoconfigure.actuate.endpoint.LeakWatchDescriptor.ThreadGroupDescriptor;
import io.leakwatch.autoconfigure.cache.CacheReading;
import io.leakwatch.core.monitor.Report.TimelinePoint;
import io.leakwatch.core.suspect.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * The report as a person reads it in a terminal: the verdict first, then the suspects,
 * then what is normal.
 */
final class LeakWatchTextReport {

	private static final int GROUPS_TOLD = 10;

	private static final int CACHES_TOLD = 20;

	private final LeakWatchDescriptor report;

	private final Instant now;

	private final StringBuilder text = new StringBuilder();

	private LeakWatchTextReport(LeakWatchDescriptor report, Instant now) {
		this.report = report;
		this.now = now;
	}

	static String of(LeakWatchDescriptor report, Instant now) {
		LeakWatchTextReport text = new LeakWatchTextReport(report, now);
		text.verdict();
		text.line("");
		text.line("Suspects");
		text.suspects();
		text.memory();
		text.text.append("\nThreads\n").append(threads(report.threads().groups(), GROUPS_TOLD));
		text.text.append("\nCaches\n").append(caches(report.caches(), CACHES_TOLD));
		return text.text.toString();
	}

	private void verdict() {
		line("LeakWatch: %s since %s, up %s", this.report.status(),
				Units.duration(Duration.between(this.report.since(), this.now)),
				Units.duration(Duration.ofSeconds(this.report.uptimeSeconds())));
	}

	static String suspects(LeakWatchDescriptor report) {
		LeakWatchTextReport text = new LeakWatchTextReport(report, report.since());
		text.suspects();
		return text.text.toString();
	}

	static String timeline(List<TimelinePoint> timeline) {
		TextTable table = new TextTable("AT", ">HEAP USED", ">LIVE", ">DIRECT", ">RESIDENT", ">THREADS", ">CLASSES");
		timeline.forEach((point) -> table.row(Units.time(point.at()), Units.bytes(point.usedBytes()),
				Units.bytes(point.liveBytes()), Units.bytes(point.directBytes()), Units.bytes(point.rssBytes()),
				Units.count(point.threads()), Units.count(point.loadedClasses())));
		return table.toString();
	}

	private void suspects() {
		if (this.report.suspects().isEmpty()) {
			line("  none");
		}
		int rank = 1;
		for (SuspectDescriptor suspect : this.report.suspects()) {
			line("  %d. %s %s (%s): %s", rank++, suspect.severity(), suspect.kind(), suspect.id(), suspect.title());
			if (suspect.holder() != null) {
				line("     held by %s", suspect.holder());
			}
			if (suspect.allocationSite() != null) {
				line("     allocated by %s", suspect.allocationSite());
			}
			for (Evidence evidence : suspect.evidence()) {
				line("     %s: %s", evidence.signal(), evidence.detail());
			}
			line("     %s", suspect.advice());
		}
	}

	private void memory() {
		HeapDescriptor heap = this.report.heap();
		line("");
		line("Memory");
		line("  heap      %s used, %s live, %s at most (%s)", Units.bytes(heap.usedBytes()),
				Units.bytes(heap.liveBytes()), Units.bytes(heap.maxBytes()), heap.collector());
		if (heap.growthBytesPerMinute() != null) {
			line("            live heap %s a minute%s", Units.signedBytes(heap.growthBytesPerMinute()),
					(heap.exhaustionAt() != null) ? ", full at " + Units.time(heap.exhaustionAt()) : "");
		}
		line("  classes   %s loaded by %s loaders, metaspace %s", Units.count(this.report.nonHeap().loadedClasses()),
				Units.count(this.report.nonHeap().classLoaders()), Units.bytes(this.report.nonHeap().metaspaceBytes()));
		line("  direct    %s in %s buffers, %s at most", Units.bytes(this.report.directMemory().usedBytes()),
				Units.count(this.report.directMemory().count()), Units.bytes(this.report.directMemory().maxBytes()));
		line("  process   %s resident, limit %s, %s open files", Units.bytes(this.report.process().rssBytes()),
				Units.bytes(this.report.process().limitBytes()), Units.count(this.report.process().openFiles()));
		line("  watching  costs %.3f %% of the time, %.3f %% allowed, last pause %d ms",
				this.report.budget().spentShare() * 100, this.report.budget().share() * 100,
				this.report.budget().lastPauseMillis());
		Integer deadlocked = this.report.threads().deadlocked();
		if (deadlocked != null && deadlocked > 0) {
			line("  DEADLOCK  %d threads wait for each other for ever", deadlocked);
		}
	}

	static String threads(List<ThreadGroupDescriptor> groups, int most) {
		TextTable table = new TextTable("THREADS NAMED", ">COUNT", ">PER MINUTE");
		groups.stream()
			.limit(most)
			.forEach((group) -> table.row(group.name(), Units.count(group.count()), growth(group.growthPerMinute())));
		return table.toString();
	}

	static String containers(List<ContainerDescriptor> containers) {
		if (containers.isEmpty()) {
			return "  none\n";
		}
		TextTable table = new TextTable(">ENTRIES", ">BOUND", ">PER MINUTE", "HOLDER");
		containers.forEach((each) -> table.row(Units.count(each.entries()),
				(each.bound() != null) ? Units.count(each.bound()) : "none", growth(each.growthPerMinute()),
				each.holder()));
		return table.toString();
	}

	private static String growth(@Nullable Double perMinute) {
		return (perMinute != null) ? Units.signed(Math.round(perMinute)) : "–";
	}

	static String caches(List<CacheReading> caches, int most) {
		if (caches.isEmpty()) {
			return "  none\n";
		}
		TextTable table = new TextTable("CACHE", ">SIZE", ">MAXIMUM", ">FILL", ">HITS", ">EVICTED", "BOUNDED BY",
				"ALERT");
		caches.stream()
			.limit(most)
			.forEach((cache) -> table.row(cache.name(), (cache.size() != null) ? Units.count(cache.size()) : "–",
					(cache.maximumSize() != null) ? Units.count(cache.maximumSize()) : "none",
					Units.percent(cache.fill()), Units.percent(cache.hitRatio()),
					(cache.evictions() != null) ? Units.count(cache.evictions()) : "–", cache.boundedBy(),
					(cache.alert() != null) ? cache.alert() : ""));
		return table.toString();
	}

	private void line(String format, Object... arguments) {
		this.text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
	}

}
