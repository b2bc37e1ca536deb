package io.leakwatch.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotKind;
import io.leakwatch.core.snapshot.SnapshotState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the readiness state around a heap dump.
 */
class TrafficDuringCaptureTests {

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();

	private final List<Object> states = new ArrayList<>();

	private final TrafficDuringCapture traffic = new TrafficDuringCapture(this.context, this.availability,
			Duration.ZERO);

	@BeforeEach
	void start() {
		this.context.addApplicationListener(this.availability);
		this.context.addApplicationListener((AvailabilityChangeEvent<?> event) -> this.states.add(event.getState()));
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void captureWhenAcceptingShouldRefuseTrafficMeanwhile() {
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		this.states.clear();
		this.traffic.beforeCapture(snapshot());
		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
		this.traffic.afterCapture(snapshot());
		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
		assertThat(this.states).containsExactly(ReadinessState.REFUSING_TRAFFIC, ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Test
	void captureWhenRefusingShouldChangeNothing() {
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		this.states.clear();
		this.traffic.beforeCapture(snapshot());
		this.traffic.afterCapture(snapshot());
		assertThat(this.states).isEmpty();
	}

	@Test
	void captureWhenTheApplicationRefusesMeanwhileShouldNotAcceptAgain() {
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		this.traffic.beforeCapture(snapshot());
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		this.traffic.afterCapture(snapshot());
		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.REFUSING_TRAFFIC);
	}

	@Test
	void captureWhenTheThreadIsInterruptedShouldWaitNoLonger() {
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		TrafficDuringCapture patient = new TrafficDuringCapture(this.context, this.availability, Duration.ofDays(1));
		Thread.currentThread().interrupt();
		patient.beforeCapture(snapshot());
		assertThat(Thread.interrupted()).isTrue();
		patient.afterCapture(snapshot());
		assertThat(this.availability.getReadinessState()).isEqualTo(ReadinessState.ACCEPTING_TRAFFIC);
	}

	private static Snapshot snapshot() {
		return new Snapshot("d1", SnapshotKind.HEAP_DUMP, SnapshotState.CAPTURING, null, false, false, true, true,
				Instant.EPOCH, Duration.ofSeconds(1), null, null, null, null, null);
	}

}
