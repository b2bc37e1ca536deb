package io.leakwatch.core.monitor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.leakwatch.core.SettableClock;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.snapshot.DumpAnalyser;
import io.leakwatch.core.snapshot.DumpAnalysisException;
import io.leakwatch.core.snapshot.HeapDumpSettings;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotSettings;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DumpReading}, with real dumps of this JVM.
 */
class DumpReadingTests {

	private final Snapshots snapshots;

	private final DumpReading reading;

	DumpReadingTests(@TempDir Path directory) {
		SettableClock clock = new SettableClock();
		HeapDumpSettings limits = new HeapDumpSettings(Duration.ZERO, Long.MAX_VALUE, 0, false);
		this.snapshots = new Snapshots(new ClassHistogram(clock),
				new SnapshotSettings(Duration.ZERO, Duration.ZERO, null, 10, 1 << 20, directory, limits),
				new OneClass(), clock);
		this.reading = new DumpReading(this.snapshots);
	}

	@AfterEach
	void close() {
		this.snapshots.close();
	}

	@Test
	void readIfNewShouldReadEachDumpOnce() {
		assertThat(this.reading.readIfNew(Set.of())).isNull();
		takeHeapDump();
		assertThat(this.reading.readIfNew(Set.of())).isNotNull();
		assertThat(this.reading.readIfNew(Set.of())).isNull();
		takeHeapDump();
		assertThat(this.reading.readIfNew(Set.of())).isNotNull();
		assertThat(this.reading.readIfNew(Set.of())).isNull();
	}

	@Test
	void readIfNewWhenADumpIsOfAnotherInstanceShouldLeaveItOut() throws IOException {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		ProfileFile.write(OneClass.profile(), file);
		this.snapshots.add(new ByteArrayInputStream(file.toByteArray()), "another");
		this.snapshots.take("histogram", false);
		assertThat(this.snapshots.list()).hasSize(2);
		assertThat(this.reading.readIfNew(Set.of())).isNull();
	}

	private void takeHeapDump() {
		this.snapshots.takeHeapDump(null);
		await().atMost(Duration.ofMinutes(2)).until(() -> this.snapshots.list().stream().allMatch(Snapshot::isReady));
	}

	/** Finds one class in every dump. */
	private static final class OneClass implements DumpAnalyser {

		private static HeapProfile profile() {
			return HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP)
				.classes(List.of(new ClassCount("com.acme.Order", 1, 16)))
				.build();
		}

		@Override
		public void analyse(Path dump, Path result, AnalysisProgress listener) throws DumpAnalysisException {
			try {
				ProfileFile.write(profile(), result);
			}
			catch (IOException ex) {
				throw new DumpAnalysisException("The test failed", ex);
			}
		}

		@Override
		public @Nullable String refusal(long dumpBytes) {
			return null;
		}

	}

}
