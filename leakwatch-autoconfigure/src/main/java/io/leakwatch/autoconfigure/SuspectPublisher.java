package io.leakwatch.autoconfigure;

import io.leakwatch.autoconfigure.event.LeakConfirmedEvent;
import io.leakwatch.autoconfigure.event.LeakSuspectedEvent;
import io.leakwatch.core.monitor.MonitorListener;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells the application and its log of suspects: once when one is found, and once each
 * time it becomes more severe.
 */
final class SuspectPublisher implements MonitorListener {

	private static final Log logger = LogFactory.getLog("io.leakwatch.suspects");

	private final ApplicationEventPublisher publisher;

	SuspectPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void suspected(Suspect suspect) {
		Finding finding = suspect.finding();
		String line = "%s leak suspect %s: %s. %s".formatted(finding.severity(), suspect.id(), finding.title(),
				finding.advice());
		if (finding.severity() == Severity.WATCH) {
			logger.info(line);
		}
		else {
			logger.warn(line);
		}
		this.publisher.publishEvent((finding.severity() == Severity.CONFIRMED) ? new LeakConfirmedEvent(suspect)
				: new LeakSuspectedEvent(suspect));
	}

}
