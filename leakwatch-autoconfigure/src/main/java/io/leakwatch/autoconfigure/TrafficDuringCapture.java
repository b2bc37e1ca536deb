package io.leakwatch.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.leakwatch.core.snapshot.CaptureListener;
import io.leakwatch.core.snapshot.Snapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

/**
 * Sets the readiness state to refusing traffic for the pause of a heap dump, and some
 * time before it, since a load balancer learns of it by its next probe only. What was not
 * accepting traffic is left as it is, and what refuses traffic for another reason
 * meanwhile, such as a shutdown, goes on refusing it.
 */
final class TrafficDuringCapture implements CaptureListener {

	private static final Log logger = LogFactory.getLog(TrafficDuringCapture.class);

	private final ApplicationContext context;

	private final ApplicationAvailability availability;

	private final Duration before;

	private volatile @Nullable AvailabilityChangeEvent<ReadinessState> refusal;

	TrafficDuringCapture(ApplicationContext context, ApplicationAvailability availability, Duration before) {
		this.context = context;
		this.availability = availability;
		this.before = before;
	}

	@Override
	public void beforeCapture(Snapshot snapshot) {
		if (this.availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
			return;
		}
		AvailabilityChangeEvent<ReadinessState> event = new AvailabilityChangeEvent<>(this,
				ReadinessState.REFUSING_TRAFFIC);
		this.refusal = event;
		logger.info("Refusing traffic for heap dump %s, which begins in %d s".formatted(snapshot.id(),
				this.before.toSeconds()));
		this.context.publishEvent(event);
		try {
			TimeUnit.MILLISECONDS.sleep(this.before.toMillis());
		}
		catch (InterruptedException ex) {
			// Whoever gave the heap dump up is heard by who is going to take it.
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void afterCapture(Snapshot snapshot) {
		AvailabilityChangeEvent<ReadinessState> ours = this.refusal;
		this.refusal = null;
		if (ours != null && this.availability.getLastChangeEvent(ReadinessState.class) == ours) {
			this.context.publishEvent(new AvailabilityChangeEvent<>(this, ReadinessState.ACCEPTING_TRAFFIC));
		}
	}

}
