package io.leakwatch.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.leakwatch.autoconfigure.event.SnapshotTakenEvent;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.monitor.BoundedCaches;
import io.leakwatch.core.monitor.DumpsOnSuspicion;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.monitor.MonitorListener;
import io.leakwatch.core.monitor.MonitorSettings;
import io.leakwatch.core.monitor.Probe;
import io.leakwatch.core.monitor.RequestCount;
import io.leakwatch.core.monitor.WatchedApplication;
import io.leakwatch.core.operation.Expectations;
import io.leakwatch.core.snapshot.SnapshotSettings;
import io.leakwatch.core.snapshot.Snapshots;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the monitor: what watches this JVM, and when it starts and stops.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "leakwatch.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ LeakWatchProperties.class, LeakWatchSnapshotProperties.class })
public final class LeakWatchAutoConfiguration {

	private final ClassHistogram histogram = new ClassHistogram(Clock.systemUTC());

	LeakWatchAutoConfiguration() {
	}

	@Bean
	Snapshots leakWatchSnapshots(LeakWatchSnapshotProperties properties, ApplicationContext context,
			ObjectProvider<ApplicationAvailability> availability) {
		SnapshotSettings settings = CheckedSettings.snapshots(properties,
				context.getEnvironment().getProperty("spring.application.name"));
		Snapshots snapshots = new Snapshots(this.histogram, settings, CheckedSettings.analyser(properties),
				Clock.systemUTC());
		snapshots.onTaken((snapshot) -> context.publishEvent(new SnapshotTakenEvent(snapshot)));
		if (properties.isRefuseTraffic()) {
			Duration before = CheckedSettings.refuseTrafficBefore(properties);
			availability
				.ifAvailable((readiness) -> snapshots.onCapture(new TrafficDuringCapture(context, readiness, before)));
		}
		return snapshots;
	}

	@Bean
	@ConditionalOnBooleanProperty("leakwatch.snapshots.on-suspicion")
	DumpsOnSuspicion leakWatchDumpsOnSuspicion(LeakWatchProperties properties,
			LeakWatchSnapshotProperties snapshotProperties, Snapshots leakWatchSnapshots) {
		return new DumpsOnSuspicion(leakWatchSnapshots, properties.getMaxPause(),
				snapshotProperties.getSuspicionDelay(), snapshotProperties.getSuspicionInterval(), Clock.systemUTC());
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "leakwatch.expectations.enabled", matchIfMissing = true)
	Expectations leakWatchExpectations(LeakWatchProperties properties) {
		return new Expectations(CheckedSettings.expectationsDelay(properties), Clock.systemUTC());
	}

	@Bean
	BeanRoots leakWatchBeanRoots(ApplicationContext context) {
		return new BeanRoots(context);
	}

	@Bean
	LeakWatchMonitor leakWatchMonitor(LeakWatchProperties properties, Snapshots leakWatchSnapshots,
			ObjectProvider<Probe> probes, ObjectProvider<MonitorListener> listeners,
			ObjectProvider<RequestCount> requestCount, ObjectProvider<BoundedCaches> caches,
			ObjectProvider<Expectations> expectations, BeanRoots leakWatchBeanRoots, BeanFactory beanFactory) {
		List<String> applicationPackages = AutoConfigurationPackages.has(beanFactory)
				? AutoConfigurationPackages.get(beanFactory) : List.of();
		MonitorSettings settings = CheckedSettings.monitor(properties, applicationPackages);
		WatchedApplication application = new WatchedApplication(
				requestCount.getIfAvailable(WatchedApplication.UNKNOWN::requestCount),
				caches.getIfAvailable(WatchedApplication.UNKNOWN::caches), leakWatchBeanRoots,
				expectations.getIfAvailable());
		return new LeakWatchMonitor(settings, this.histogram, leakWatchSnapshots, probes.orderedStream().toList(),
				listeners.orderedStream().toList(), application, Clock.systemUTC());
	}

	@Bean
	LeakWatchLifecycle leakWatchLifecycle(LeakWatchMonitor leakWatchMonitor, Snapshots leakWatchSnapshots,
			ApplicationContext context) {
		return new LeakWatchLifecycle(leakWatchMonitor, leakWatchSnapshots, context);
	}

	@Bean
	SuspectPublisher leakWatchSuspectPublisher(ApplicationEventPublisher publisher) {
		return new SuspectPublisher(publisher);
	}

}
