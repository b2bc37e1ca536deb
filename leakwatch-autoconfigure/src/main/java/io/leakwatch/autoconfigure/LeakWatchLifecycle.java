package io.leakwatch.autoconfigure;

import java.time.Duration;

import io.leakwatch.core.monitor.LeakWatchMonitor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the monitor with the application context. Starts before a web server
 * takes requests and stops after it has ended, and takes no time for either.
 */
final class LeakWatchLifecycle implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(LeakWatchLifecycle.class);

	private final LeakWatchMonitor monitor;

	LeakWatchLifecycle(LeakWatchMonitor monitor) {
		this.monitor = monitor;
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
