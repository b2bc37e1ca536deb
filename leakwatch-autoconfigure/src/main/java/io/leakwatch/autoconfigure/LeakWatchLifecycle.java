package io.leakwatch.autoconfigure;

import java.time.Duration;

import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.snapshot.Snapshots;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts and stops the monitor with the application context. Starts before a web server
 * takes requests and stops after it has ended, and takes no time for either. Snapshots
 * end as soon as the context begins to close, before requests are waited for: no heap
 * dump is to hold up a shutdown.
 */
final class LeakWatchLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {

	private static final Log logger = LogFactory.getLog(LeakWatchLifecycle.class);

	private final LeakWatchMonitor monitor;

	private final Snapshots snapshots;

	private final ApplicationContext context;

	LeakWatchLifecycle(LeakWatchMonitor monitor, Snapshots snapshots, ApplicationContext context) {
		this.monitor = monitor;
		this.snapshots = snapshots;
		this.context = context;
	}

	@Override
	public void start() {
		this.monitor.start();
		logger.info("Watching for leaks: a look each %s, verdicts after a warm-up of %s"
			.formatted(text(this.monitor.settings().interval()), text(this.monitor.settings().warmUp())));
	}

	@Override
	public void stop() {
		this.monitor.stop();
	}

	/** A child's event is heard here, too, and is not meant. */
	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.snapshots.close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.monitor.isRunning();
	}

	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 8192;
	}

	private static String text(Duration duration) {
		return (duration.toMillisPart() == 0) ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
	}

}
