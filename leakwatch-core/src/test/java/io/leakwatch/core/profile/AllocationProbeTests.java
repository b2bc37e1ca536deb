package io.leakwatch.core.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.acme.probed.Checkout;
import com.acme.probed.Shop;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link AllocationProbe} in this JVM.
 */
class AllocationProbeTests {

	private static final Set<String> ORDERS = Set.of("com.acme.probed.Shop$Order");

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final AllocationProbe probe = new AllocationProbe(List.of("com.acme.probed"));

	@AfterEach
	void closeProbe() {
		this.probe.close();
		assertThat(FlightRecorder.getFlightRecorder().getRecordings())
			.noneMatch((recording) -> recording.getName().equals("LeakWatch"));
	}

	@Test
	void readWhenNotStartedShouldDoNothing() throws IOException {
		this.probe.read();
		assertThat(this.probe.readChains(1, MINUTE)).isEqualTo(Duration.ZERO);
		assertThat(this.probe.isRunning()).isFalse();
		assertThat(this.probe.sitesOf(Set.of(), Instant.now())).isEmpty();
		assertThat(this.probe.holdersOf(Set.of(), Instant.now())).isEmpty();
		assertThat(this.probe.reasonAgainst()).isNull();
	}

	@Test
	void readShouldTellWhereSurvivorsComeFrom() throws IOException {
		Instant begin = Instant.now();
		assertThat(this.probe.start()).isTrue();
		assertThat(this.probe.start()).isTrue();
		leak();
		this.probe.read();
		assertThat(this.probe.sitesOf(ORDERS, begin)).first().satisfies((site) -> {
			assertThat(site.site()).startsWith(Shop.LEAKING_METHOD);
			assertThat(site.survived()).isTrue();
		});
		this.probe.stop();
		assertThat(this.probe.isRunning()).isFalse();
		assertThat(this.probe.sitesOf(ORDERS, begin)).isEmpty();
	}

	@Test
	void startWhenClosedShouldNotStart() {
		this.probe.close();
		this.probe.close();
		assertThat(this.probe.start()).isFalse();
	}

	@Test
	void readWhenStoppedBySomebodyElseShouldSayAndStop() {
		this.probe.start();
		for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
			if (recording.getName().equals("LeakWatch")) {
				recording.stop();
			}
		}
		assertThatIOException().isThrownBy(this.probe::read).withMessageContaining("stopped by somebody else");
		assertThat(this.probe.isRunning()).isFalse();
		assertThat(this.probe.reasonAgainst()).contains("stopped by somebody else");
		assertThat(this.probe.start()).isFalse();
	}

	@Test
	void readWhenInterruptedShouldEndWithoutFailing() throws IOException {
		this.probe.start();
		Thread.currentThread().interrupt();
		try {
			this.probe.read();
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(this.probe.reasonAgainst()).isNull();
	}

	@Test
	void readWhenSomebodyElseRecordsShouldNotDisturb(@TempDir Path folder) throws IOException {
		try (Recording theirs = new Recording()) {
			theirs.enable("jdk.OldObjectSample").with("cutoff", "0 ns");
			theirs.start();
			new Checkout().commit();
			this.probe.start();
			leak();
			this.probe.read();
			assertThat(new Checkout().isEnabled()).isTrue();
			new Checkout().commit();
			this.probe.close();
			assertThat(theirs.getState()).isEqualTo(RecordingState.RUNNING);
			new Checkout().commit();
			theirs.stop();
			Path file = folder.resolve("theirs.jfr");
			theirs.dump(file);
			List<String> names = names(file);
			assertThat(names).filteredOn((name) -> name.equals("com.acme.probed.Checkout")).hasSize(3);
			assertThat(names).contains("jdk.OldObjectSample");
		}
	}

	@Test
	void startWhenSomebodyElseRecordsLaterShouldNotDisturb() {
		assertThat(new Checkout().isEnabled()).isFalse();
		this.probe.start();
		assertThat(new Checkout().isEnabled()).isFalse();
		try (Recording theirs = new Recording()) {
			theirs.start();
			assertThat(new Checkout().isEnabled()).isTrue();
			theirs.stop();
		}
	}

	@Test
	void predictStallShouldLearn() throws IOException {
		long used = 1L << 30;
		Duration first = this.probe.predictStall(used);
		this.probe.doubtPrediction();
		assertThat(this.probe.predictStall(used)).isLessThan(first);
		this.probe.start();
		Duration stall = this.probe.readChains(used, MINUTE);
		assertThat(stall).isPositive();
		assertThat(this.probe.predictStall(used)).isNotEqualTo(first);
	}

	@Test
	void readChainsWhenTheSearchIsEndedAtOnceShouldNeitherFindNorLearn() throws IOException {
		Instant begin = Instant.now();
		Duration first = this.probe.predictStall(1L << 30);
		this.probe.start();
		leak();
		this.probe.readChains(1L << 30, Duration.ZERO);
		assertThat(this.probe.predictStall(1L << 30)).isEqualTo(first);
		assertThat(this.probe.holdersOf(Set.of(), begin)).isEmpty();
		assertThat(this.probe.sitesOf(ORDERS, begin)).isNotEmpty();
	}

	/** Enough for some samples, which the JVM tells after the next collection. */
	private static void leak() {
		Shop.placeOrders(40_000);
		System.gc();
	}

	private static List<String> names(Path file) throws IOException {
		List<String> names = new ArrayList<>();
		for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
			names.add(event.getEventType().getName());
		}
		return names;
	}

}
