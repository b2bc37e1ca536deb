package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.autoconfigure.cache.CacheReading;
import io.leakwatch.core.monitor.Report;
import io.leakwatch.core.monitor.Status;
import io.leakwatch.core.suspect.Evidence;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /actuator/leakwatch} answers. What is unknown is {@code null}, and
 * never left out.
 *
 * @param status the verdict
 * @param since since when it holds
 * @param uptimeSeconds how long the JVM runs
 * @param heap the Java heap
 * @param nonHeap class metadata
 * @param directMemory direct buffers
 * @param process the process
 * @param threads platform threads
 * @param finalizers finalization
 * @param suspects the suspects, the likeliest first
 * @param caches the caches, the largest first
 * @param budget what watching costs
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LeakWatchDescriptor(Status status, Instant since, long uptimeSeconds, HeapDescriptor heap,
		NonHeapDescriptor nonHeap, DirectMemoryDescriptor directMemory, ProcessDescriptor process,
		ThreadsDescriptor threads, FinalizersDescriptor finalizers, List<SuspectDescriptor> suspects,
		List<CacheReading> caches, BudgetDescriptor budget) {

	static LeakWatchDescriptor of(Report report, List<CacheReading> caches, Duration uptime) {
		return new LeakWatchDescriptor(report.status(), report.since(), uptime.toSeconds(),
				HeapDescriptor.of(report.heap()),
				new NonHeapDescriptor(report.classes().metaspaceBytes(), report.classes().loadedClasses(),
						report.classLoaders()),
				new DirectMemoryDescriptor(report.directMemory().count(), report.directMemory().usedBytes(),
						report.directMemory().maxBytes()),
				new ProcessDescriptor(report.process().rssBytes(), report.process().limitBytes(),
						report.process().openFiles()),
				ThreadsDescriptor.of(report.threads()), new FinalizersDescriptor(report.pendingFinalizers()),
				report.suspects().stream().map(SuspectDescriptor::of).toList(), caches, new BudgetDescriptor(
						report.budget().share(), report.budget().spentShare(), report.budget().lastPause().toMillis()));
	}

	/**
	 * The Java heap.
	 *
	 * @param usedBytes bytes in use, garbage included
	 * @param liveBytes bytes in use after the last old collection
	 * @param maxBytes the most it may grow to
	 * @param growthBytesPerMinute the robust slope of the live heap
	 * @param growthBytesPerThousandRequests the same by HTTP requests
	 * @param confidence how sure it is that the live heap grows, from 0 to 1
	 * @param exhaustionAt when it is full, or the container's limit reached, if it goes
	 * on like this
	 * @param collector the garbage collector
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record HeapDescriptor(long usedBytes, @Nullable Long liveBytes, @Nullable Long maxBytes,
			@Nullable Long growthBytesPerMinute, @Nullable Long growthBytesPerThousandRequests, double confidence,
			@Nullable Instant exhaustionAt, String collector) {

		static HeapDescriptor of(Report.Heap heap) {
			return new HeapDescriptor(heap.usedBytes(), heap.liveBytes(), heap.maxBytes(),
					rounded(heap.growthBytesPerMinute()), rounded(heap.growthBytesPerThousandRequests()),
					Known.hundredths(heap.confidence()), heap.exhaustionAt(), heap.collector());
		}

	}

	/**
	 * Class metadata.
	 *
	 * @param metaspaceBytes bytes in use
	 * @param loadedClasses loaded classes
	 * @param classLoaders class loaders
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record NonHeapDescriptor(@Nullable Long metaspaceBytes, int loadedClasses, @Nullable Integer classLoaders) {
	}

	/**
	 * Direct buffers.
	 *
	 * @param count buffers
	 * @param usedBytes bytes they hold
	 * @param maxBytes the most they may hold together
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record DirectMemoryDescriptor(long count, long usedBytes, @Nullable Long maxBytes) {
	}

	/**
	 * The process.
	 *
	 * @param rssBytes resident memory
	 * @param limitBytes the container's memory limit
	 * @param openFiles open file descriptors
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record ProcessDescriptor(@Nullable Long rssBytes, @Nullable Long limitBytes, @Nullable Long openFiles) {
	}

	/**
	 * Threads.
	 *
	 * @param count live platform threads
	 * @param virtual virtual threads; no JDK tells their number cheaply yet, so it is
	 * unknown
	 * @param deadlocked threads that wait for each other for ever, unknown until counted
	 * @param groups platform threads by normalised name, the largest group first
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record ThreadsDescriptor(int count, @Nullable Integer virtual, @Nullable Integer deadlocked,
			List<ThreadGroupDescriptor> groups) {

		static ThreadsDescriptor of(Report.Threads threads) {
			return new ThreadsDescriptor(threads.count(), null, threads.deadlocked(),
					threads.groups()
						.stream()
						.map((group) -> new ThreadGroupDescriptor(group.name(), group.count(),
								Known.hundredths(group.growthPerMinute())))
						.toList());
		}

	}

	/**
	 * Threads of one normalised name.
	 *
	 * @param name the name, digits folded to {@code #}
	 * @param count threads
	 * @param growthPerMinute the robust slope, unknown with too few looks
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record ThreadGroupDescriptor(String name, int count, @Nullable Double growthPerMinute) {
	}

	/**
	 * Finalization.
	 *
	 * @param pending objects whose finalizer is due and has not run
	 */
	public record FinalizersDescriptor(int pending) {
	}

	/**
	 * A suspect.
	 *
	 * @param id a fingerprint of kind, class and holder
	 * @param kind what leaks
	 * @param severity how sure
	 * @param confidence from 0 to 1
	 * @param title one sentence
	 * @param className the class that grows
	 * @param holder who holds it
	 * @param allocationSite where it is allocated
	 * @param count how many there are
	 * @param growthPerMinute how many more a minute
	 * @param bytesPerMinute how many bytes more a minute
	 * @param retainedBytes bytes that would be free without it
	 * @param firstSeen when it was first found
	 * @param lastSeen when it was last found
	 * @param evidence what speaks for it
	 * @param advice what to do
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record SuspectDescriptor(String id, SuspectKind kind, Severity severity, double confidence, String title,
			@Nullable String className, @Nullable String holder, @Nullable String allocationSite, @Nullable Long count,
			@Nullable Double growthPerMinute, @Nullable Long bytesPerMinute, @Nullable Long retainedBytes,
			Instant firstSeen, Instant lastSeen, List<Evidence> evidence, String advice) {

		static SuspectDescriptor of(Suspect suspect) {
			Finding finding = suspect.finding();
			return new SuspectDescriptor(suspect.id(), finding.kind(), finding.severity(),
					Known.hundredths(finding.confidence()), finding.title(), finding.className(), finding.holder(),
					suspect.allocationSite(), finding.count(), Known.hundredths(finding.growthPerMinute()),
					rounded(finding.bytesPerMinute()), finding.retainedBytes(), suspect.firstSeen(), suspect.lastSeen(),
					finding.evidence(), finding.advice());
		}

	}

	/**
	 * What watching costs.
	 *
	 * @param share the share of the wall time that is allowed
	 * @param spentShare the share that was spent since the start
	 * @param lastPauseMillis how long the last probe took that stopped the application
	 */
	public record BudgetDescriptor(double share, double spentShare, long lastPauseMillis) {
	}

	private static @Nullable Long rounded(@Nullable Double value) {
		return (value != null) ? Math.round(value) : null;
	}

}
