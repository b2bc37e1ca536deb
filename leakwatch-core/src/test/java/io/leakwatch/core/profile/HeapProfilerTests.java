package io.leakwatch.core.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import com.acme.probed.Shop;
import io.leakwatch.core.profile.HeapProfiler.Recorded;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link HeapProfiler}, with the JVM's own recorder.
 */
class HeapProfilerTests {

	private final HeapProfiler profiler = new HeapProfiler(Clock.systemUTC(), (className, elements) -> 16L);

	private final AtomicBoolean ended = new AtomicBoolean();

	private final Path folder;

	HeapProfilerTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@AfterEach
	void close() {
		this.ended.set(true);
		this.profiler.close();
	}

	@Test
	void allocationsShouldBeThoseOfTheRecording() throws Exception {
		allocateInTheBackground();
		Recorded recorded = this.profiler.allocations(Duration.ofSeconds(1));
		List<RecordedEvent> events = events(recorded.file(), "jdk.ObjectAllocationSample");
		assertThat(recorded.profile().samples()).isNotEmpty().hasSameSizeAs(events);
		assertThat(sum(recorded.profile(), 1))
			.isEqualTo(events.stream().mapToLong((event) -> event.getLong("weight")).sum());
	}

	@Test
	void inUseShouldNameTheLineThatAllocatesWhatIsKept() throws Exception {
		this.profiler.inUse(Duration.ofMillis(1));
		Shop.placeOrders(40_000);
		System.gc();
		StackProfile profile = this.profiler.inUse(Duration.ofMillis(1)).profile();
		assertThat(profile.types()).extracting(SampleType::name).containsExactly("inuse_space", "inuse_objects");
		assertThat(profile.samples()).anySatisfy((sample) -> {
			assertThat(sample.stack()).extracting(StackLine::function).contains("com.acme.probed.Shop.place");
			assertThat(sample.stack().get(0).file()).isEqualTo("com/acme/probed/Shop.java");
			assertThat(sample.labels()).containsKeys("class", "thread_group", "age");
			assertThat(sample.values().get(0)).isPositive();
			assertThat(sample.values().get(1)).isEqualTo(1);
		});
		assertThat(Shop.leaked()).isPositive();
	}

	@Test
	void recordingShouldEndWhenNobodyAsksForItAnyMore() throws Exception {
		this.profiler.allocations(Duration.ofMillis(1));
		assertThat(ownRecordings()).isEqualTo(1);
		this.profiler.endIfIdle(Instant.now());
		assertThat(ownRecordings()).isEqualTo(1);
		this.profiler.endIfIdle(Instant.now().plus(HeapProfiler.IDLE).plusSeconds(60));
		assertThat(ownRecordings()).isZero();
		assertThat(this.profiler.allocations(Duration.ofMillis(1)).profile().types()).hasSize(2);
		this.profiler.close();
		assertThat(ownRecordings()).isZero();
		assertThatExceptionOfType(ProfileRefusedException.class)
			.isThrownBy(() -> this.profiler.allocations(Duration.ofMillis(1)))
			.withMessageContaining("shutting down");
	}

	@Test
	void recordingWhenSomebodyElseHasStoppedItShouldBeginAnewWithTheNextRequest() throws Exception {
		this.profiler.inUse(Duration.ofMillis(1));
		FlightRecorder.getFlightRecorder()
			.getRecordings()
			.stream()
			.filter((recording) -> recording.getName().equals("LeakWatch"))
			.forEach(Recording::stop);
		assertThatIOException().isThrownBy(() -> this.profiler.inUse(Duration.ofMillis(1)))
			.withMessageContaining("stopped by somebody else");
		assertThat(this.profiler.inUse(Duration.ofMillis(1)).profile().types()).hasSize(2);
		assertThat(ownRecordings()).isEqualTo(1);
	}

	@Test
	void recordingOfAUserShouldKeepItsEvents() throws Exception {
		allocateInTheBackground();
		try (Recording theirs = new Recording()) {
			theirs.enable("jdk.ObjectAllocationSample").with("throttle", "100/s");
			theirs.start();
			this.profiler.allocations(Duration.ofSeconds(1));
			this.profiler.close();
			theirs.stop();
			Path file = this.folder.resolve("theirs.jfr");
			theirs.dump(file);
			assertThat(RecordingFile.readAllEvents(file))
				.anyMatch((event) -> event.getEventType().getName().equals("jdk.ObjectAllocationSample"));
		}
	}

	private void allocateInTheBackground() {
		Thread thread = new Thread(() -> {
			byte[][] last = new byte[16][];
			for (int i = 0; !this.ended.get(); i++) {
				last[i % 16] = new byte[10_000];
			}
		}, "allocating");
		thread.setDaemon(true);
		thread.start();
	}

	private static long ownRecordings() {
		return FlightRecorder.getFlightRecorder()
			.getRecordings()
			.stream()
			.filter((recording) -> recording.getName().equals("LeakWatch"))
			.count();
	}

	private static long sum(StackProfile profile, int type) {
		return profile.samples().stream().mapToLong((sample) -> sample.values().get(type)).sum();
	}

	private List<RecordedEvent> events(byte[] recording, String name) throws IOException {
		Path file = Files.write(this.folder.resolve("recorded.jfr"), recording);
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(name))
			.toList();
	}

}
