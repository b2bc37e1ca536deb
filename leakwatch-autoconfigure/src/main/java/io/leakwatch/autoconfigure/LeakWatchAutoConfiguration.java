package io.leakwatch.autoconfigure;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.leakwatch.autoconfigure.event.SnapshotTakenEvent;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.monitor.BoundedCaches;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.monitor.MonitorListener;
import io.leakwatch.core.monitor.MonitorSettings;
import io.leakwatch.core.monitor.Probe;
import io.leakwatch.core.monitor.RequestCount;
import io.leakwatch.core.snapshot.Snapshots;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the monitor: what watches this JVM, and when it starts and stops.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "leakwatch.enabled", matchIfMissing = true)
@EnableConfigurationProperties(LeakWatchProperties.class)
public final class LeakWatchAutoConfiguration {

	private final ClassHistogram histogram = new ClassHistogram(Clock.systemUTC());

	LeakWatchAutoConfiguration() {
	}

	@Bean
	Snapshots leakWatchSnapshots(LeakWatchProperties properties, ApplicationEventPublisher publisher) {
		Snapshots snapshots = new Snapshots(this.histogram, CheckedSettings.snapshots(properties.getSnapshots()),
				Clock.systemUTC());
		snapshots.onTaken((snapshot) -> publisher.publishEvent(new SnapshotTakenEvent(snapshot)));
		return snapshots;
	}

	@Bean
	LeakWatchMonitor leakWatchMonitor(LeakWatchProperties properties, Snapshots leakWatchSnapshots,
			ObjectProvider<Probe> probes, ObjectProvider<MonitorListener> listeners,
			ObjectProvider<RequestCount> requestCount, ObjectProvider<BoundedCaches> caches, BeanFactory beanFactory) {
		List<String> applicationPackages = AutoConfigurationPackages.has(beanFactory)
				? AutoConfigurationPackages.get(beanFactory) : List.of();
		MonitorSettings settings = CheckedSettings.monitor(properties, applicationPackages);
		return new LeakWatchMonitor(settings, this.histogram, leakWatchSnapshots, probes.orderedStream().toList(),
				listeners.orderedStream().toList(), requestCount.getIfAvailable(() -> () -> null),
				caches.getIfAvailable(() -> Map::of), Clock.systemUTC());
	}

	@Bean
	LeakWatchLifecycle leakWatchLifecycle(LeakWatchMonitor leakWatchMonitor) {
		return new LeakWatchLifecycle(leakWatchMonitor);
	}

	@Bean
	SuspectPublisher leakWatchSuspectPublisher(ApplicationEventPublisher publisher) {
		return new SuspectPublisher(publisher);
	}

}
