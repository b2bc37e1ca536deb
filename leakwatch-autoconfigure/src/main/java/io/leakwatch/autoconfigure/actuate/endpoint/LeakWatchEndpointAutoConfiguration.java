package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Clock;
import java.util.List;

import io.leakwatch.autoconfigure.LeakWatchAutoConfiguration;
import io.leakwatch.autoconfigure.cache.CacheWatch;
import io.leakwatch.core.monitor.DumpsOnSuspicion;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.monitor.Probe;
import io.leakwatch.core.monitor.Report;
import io.leakwatch.core.profile.HeapProfiler;
import io.leakwatch.core.snapshot.Snapshots;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMapper;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoints.
 */
@AutoConfiguration(after = LeakWatchAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(LeakWatchMonitor.class)
public final class LeakWatchEndpointAutoConfiguration {

	/** An endpoint's id has no hyphen, its path has. */
	private static final EndpointId HEAP_DUMP_DIFF = EndpointId.of("heapdumpdiff");

	LeakWatchEndpointAutoConfiguration() {
	}

	@Bean
	@ConditionalOnAvailableEndpoint
	LeakWatchEndpoint leakWatchEndpoint(LeakWatchMonitor leakWatchMonitor, ObjectProvider<CacheWatch> cacheWatch,
			HeapProfiler leakWatchHeapProfiler, Snapshots leakWatchSnapshots) {
		CacheWatch watch = cacheWatch.getIfAvailable();
		return new LeakWatchEndpoint(leakWatchMonitor, (watch != null) ? watch::readings : List::of,
				new ProfileAnswers(leakWatchHeapProfiler, leakWatchSnapshots, Clock.systemUTC()));
	}

	@Bean
	@ConditionalOnAvailableEndpoint(LeakWatchEndpoint.class)
	HeapProfiler leakWatchHeapProfiler(Snapshots leakWatchSnapshots) {
		return new HeapProfiler(Clock.systemUTC(), new InstanceBytes(leakWatchSnapshots));
	}

	@Bean
	@ConditionalOnAvailableEndpoint(LeakWatchEndpoint.class)
	Probe leakWatchProfileProbe(HeapProfiler leakWatchHeapProfiler) {
		return new IdleProfiles(leakWatchHeapProfiler);
	}

	@Bean
	@ConditionalOnAvailableEndpoint
	HeapDumpDiffEndpoint leakWatchHeapDumpDiffEndpoint(Snapshots leakWatchSnapshots, LeakWatchMonitor leakWatchMonitor,
			ObjectProvider<DumpsOnSuspicion> dumpsOnSuspicion) {
		DumpsOnSuspicion onSuspicion = dumpsOnSuspicion.getIfAvailable();
		return new HeapDumpDiffEndpoint(leakWatchSnapshots, () -> {
			Report report = leakWatchMonitor.report();
			return (report != null) ? report.budget().histogramHeldBack() : null;
		}, () -> (onSuspicion != null) ? onSuspicion.heldBack() : null);
	}

	@Bean
	@ConditionalOnAvailableEndpoint(HeapDumpDiffEndpoint.class)
	PathMapper leakWatchPathMapper() {
		return (endpointId) -> HEAP_DUMP_DIFF.equals(endpointId) ? "heapdump-diff" : null;
	}

}
