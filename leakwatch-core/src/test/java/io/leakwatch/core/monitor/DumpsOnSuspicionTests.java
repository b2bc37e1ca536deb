package io.leakwatch.core.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.leakwatch.core.SettableClock;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.signal.BufferUsage;
import io.leakwatch.core.signal.ClassUsage;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.snapshot.DumpAnalyser;
import io.leakwatch.core.snapshot.DumpAnalysisException;
import io.leakwatch.core.snapshot.HeapDumpSettings;
import io.leakwatch.core.snapshot.Snapshot;
import io.leakwatch.core.snapshot.SnapshotSettings;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DumpsOnSuspicion}, with real dumps of this JVM.
 */
class DumpsOnSuspicionTests {

	private static final Duration DELAY = Duration.ofMinutes(10);

	private static final Duration INTERVAL = Duration.ofHours(6);

	private final SettableClock clock = new SettableClock();

	private final OneClass analyser = new OneClass();

	private final Snapshots snapshots;

	DumpsOnSuspicionTests(@TempDir Path directory) {
		HeapDumpSettings limits = new HeapDumpSettings(Duration.ofDays(1), Long.MAX_VALUE, 0, false);
		this.snapshots = new Snapshots(new ClassHistogram(this.clock),
				new SnapshotSettings(Duration.ZERO, Duration.ZERO, null, 10, 1 << 20, directory, limits), this.analyser,
				this.clock);
	}

	@AfterEach
	void close() {
		await().atMost(Duration.ofMinutes(2)).until(this::isIdle);
		this.snapshots.close();
	}

	@Test
	void reportedWhenAHeapSuspectIsProbableShouldTakeTwoDumpsAndThenRest() {
		DumpsOnSuspicion dumps = dumps(Duration.ofHours(1));
		dumps.reported(report(SuspectKind.HEAP, Severity.WATCH));
		dumps.reported(report(SuspectKind.THREAD, Severity.CONFIRMED));
		assertThat(this.snapshots.list()).isEmpty();
		report(dumps, Severity.PROBABLE);
		assertThat(labels()).containsExactly("suspicion");
		assertThat(this.snapshots.list()).allMatch(Snapshot::automatic);
		this.clock.advance(DELAY.minusSeconds(1));
		report(dumps, Severity.CONFIRMED);
		assertThat(labels()).containsExactly("suspicion");
		this.clock.advance(Duration.ofSeconds(1));
		// The second is taken whatever has become of the suspect.
		report(dumps, Severity.WATCH);
		report(dumps, Severity.CONFIRMED);
		assertThat(labels()).containsExactly("suspicion", "suspicion-later");
		this.clock.advance(INTERVAL.minus(DELAY).minusSeconds(1));
		report(dumps, Severity.CONFIRMED);
		assertThat(labels()).hasSize(2);
		this.clock.advance(Duration.ofSeconds(1));
		report(dumps, Severity.CONFIRMED);
		assertThat(labels()).containsExactly("suspicion", "suspicion-later", "suspicion");
		assertThat(dumps.heldBack()).isNull();
	}

	@Test
	void reportedWhenThePauseWouldBeTooLongShouldHoldBackAndTellWhy() {
		DumpsOnSuspicion dumps = dumps(Duration.ofNanos(1));
		report(dumps, Severity.PROBABLE);
		assertThat(this.snapshots.list()).isEmpty();
		assertThat(dumps.heldBack()).contains("would stand still", "leakwatch.max-pause");
	}

	@Test
	void reportedWhenRefusedShouldTryAgainLater() {
		DumpsOnSuspicion dumps = dumps(Duration.ofHours(1));
		this.analyser.refusal = "Too little memory.";
		report(dumps, Severity.PROBABLE);
		assertThat(dumps.heldBack()).isEqualTo("Too little memory.");
		this.analyser.refusal = null;
		report(dumps, Severity.PROBABLE);
		assertThat(this.snapshots.list()).isEmpty();
		this.clock.advance(DELAY);
		report(dumps, Severity.PROBABLE);
		assertThat(labels()).containsExactly("suspicion");
		assertThat(dumps.heldBack()).isNull();
		this.analyser.refusal = "Too little memory.";
		this.clock.advance(DELAY);
		report(dumps, Severity.PROBABLE);
		assertThat(dumps.heldBack()).isNotNull();
		this.analyser.refusal = null;
		this.clock.advance(DELAY);
		report(dumps, Severity.PROBABLE);
		assertThat(labels()).containsExactly("suspicion", "suspicion-later");
	}

	@Test
	void reportedWhenTheClockWasSetBackShouldNotRestForEver() {
		DumpsOnSuspicion dumps = dumps(Duration.ofHours(1));
		report(dumps, Severity.PROBABLE);
		this.clock.advance(Duration.ofDays(-1));
		report(dumps, Severity.PROBABLE);
		assertThat(labels()).hasSize(2);
	}

	@Test
	void constructorWhenATimeIsNegativeShouldRefuse() {
		assertThatIllegalArgumentException().isThrownBy(() -> dumps(Duration.ofSeconds(-1)));
	}

	private DumpsOnSuspicion dumps(Duration maxPause) {
		return new DumpsOnSuspicion(this.snapshots, maxPause, DELAY, INTERVAL, this.clock);
	}

	private void report(DumpsOnSuspicion dumps, Severity severity) {
		dumps.reported(report(SuspectKind.HEAP, severity));
		await().atMost(Duration.ofMinutes(2)).until(this::isIdle);
	}

	private boolean isIdle() {
		return this.snapshots.list().stream().allMatch(Snapshot::isReady);
	}

	private List<@Nullable String> labels() {
		return this.snapshots.list().stream().<@Nullable String>map(Snapshot::label).toList();
	}

	private Report report(SuspectKind kind, Severity severity) {
		Finding finding = new Finding(kind, severity, 1, "It grows", "com.acme.Order", null, null, null, null,
				List.of(), "Look at it");
		Instant now = this.clock.instant();
		return new Report(now, Status.GROWING, now, new Report.Heap(0, null, null, null, null, 0, null, "G1"),
				new ClassUsage(null, 0), null, new BufferUsage(0, 0, null), new ProcessUsage(null, null, null, null),
				new Report.Threads(0, null, List.of()), 0, List.of(new Suspect("id", now, now, finding)), List.of(),
				List.of(), List.of(), new Report.Costs(1, 0, Duration.ZERO, null));
	}

	/** Finds one class in every dump. */
	private static final class OneClass implements DumpAnalyser {

		private volatile @Nullable String refusal;

		@Override
		public void analyse(Path dump, Path result, AnalysisProgress listener) throws DumpAnalysisException {
			try {
				ProfileFile.write(HeapProfile.of(Instant.EPOCH, List.of(new ClassCount("com.acme.Order", 1, 16))),
						result);
			}
			catch (IOException ex) {
				throw new DumpAnalysisException("The test failed", ex);
			}
		}

		@Override
		public @Nullable String refusal(long dumpBytes) {
			return this.refusal;
		}

	}

}
