package io.leakwatch.core.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.leakwatch.core.SettableClock;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.histogram.Histogram;
import io.leakwatch.core.snapshot.SnapshotRefusedException.Reason;
import io.leakwatch.heap.profile.HeapProfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Snapshots} and {@link SnapshotSettings}.
 */
class SnapshotsTests {

	private static final Duration INTERVAL = Duration.ofMinutes(10);

	private static final Duration COOL_DOWN = Duration.ofSeconds(30);

	private final SettableClock clock = new SettableClock();

	@Test
	void takeShouldKeepWhatWasSeen() {
		Snapshots snapshots = snapshots(COOL_DOWN, null);
		Snapshot snapshot = snapshots.take("before the load", true);
		assertThat(snapshot.label()).isEqualTo("before the load");
		assertThat(snapshot.automatic()).isFalse();
		assertThat(snapshot.liveOnly()).isTrue();
		assertThat(snapshot.kind()).isEqualTo(SnapshotKind.HISTOGRAM);
		assertThat(snapshot.state()).isEqualTo(SnapshotState.READY);
		assertThat(snapshot.predictedPause()).isPositive();
		assertThat(snapshot.pause()).isPositive();
		assertThat(snapshots.profile(snapshot).find("java.lang.String")).isNotNull();
		assertThat(snapshots.list()).containsExactly(snapshot);
		assertThat(snapshots.find(snapshot.id())).contains(snapshot);
	}

	@Test
	void takeWhenCoolingDownShouldRefuseAndTellWhenToAskAgain() {
		Snapshots snapshots = snapshots(COOL_DOWN, null);
		snapshots.take(null, false);
		this.clock.advance(Duration.ofSeconds(10));
		assertThatExceptionOfType(SnapshotRefusedException.class).isThrownBy(() -> snapshots.take(null, false))
			.withMessageContaining("leakwatch.snapshots.cool-down")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.COOLING_DOWN))
			.satisfies((ex) -> assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(20)));
		this.clock.advance(Duration.ofSeconds(20));
		snapshots.take(null, false);
		assertThat(snapshots.list()).hasSize(2);
	}

	@Test
	void takeWhenAnotherIsUnderWayShouldRefuseAtOnce()
			throws InterruptedException, ExecutionException, TimeoutException {
		Snapshots snapshots = snapshots(Duration.ZERO, null);
		this.clock.hold();
		FutureTask<Snapshot> first = new FutureTask<>(() -> snapshots.take(null, false));
		Thread thread = new Thread(first, "snapshot-test");
		try {
			thread.start();
			await().atMost(Duration.ofSeconds(60)).until(() -> this.clock.waiting() > 0);
			assertThatExceptionOfType(SnapshotRefusedException.class).isThrownBy(() -> snapshots.take(null, false))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.UNDER_WAY))
				.satisfies((ex) -> assertThat(ex.retryAfter()).isPositive());
		}
		finally {
			this.clock.release();
		}
		assertThat(first.get(60, TimeUnit.SECONDS)).isIn(snapshots.list());
		snapshots.take(null, false);
		assertThat(snapshots.list()).hasSize(2);
	}

	@Test
	void takeWhenThePauseWouldBeTooLongShouldRefuse() {
		Snapshots snapshots = snapshots(COOL_DOWN, Duration.ofNanos(1));
		assertThatExceptionOfType(SnapshotRefusedException.class).isThrownBy(() -> snapshots.take(null, false))
			.withMessageContaining("leakwatch.snapshots.max-pause")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.PAUSE_TOO_LONG))
			.satisfies((ex) -> assertThat(ex.retryAfter()).isNull());
		assertThat(snapshots.list()).isEmpty();
	}

	@Test
	void takeWhenRefusedShouldNotBeginACoolDown() {
		Snapshots snapshots = snapshots(COOL_DOWN, Duration.ofNanos(1));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(SnapshotRefusedException.class).isThrownBy(() -> snapshots.take(null, false))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.PAUSE_TOO_LONG));
		}
	}

	@ParameterizedTest
	@CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = { " before ,before", "Größe ✓ 😀,Größe ✓ 😀",
			"a\u0007b\u001b[2Jc,a?b?[2Jc", "a\u009bb\u202ec\u2028d,a?b?c?d" })
	void takeShouldMakeTheLabelPrintable(String label, String kept) {
		assertThat(snapshots(COOL_DOWN, null).take(label, false).label()).isEqualTo(kept);
	}

	@Test
	void takeWhenTheLabelIsBlankOrVeryLongShouldDropOrCutIt() {
		Snapshots snapshots = snapshots(Duration.ZERO, null);
		assertThat(snapshots.take(null, false).label()).isNull();
		assertThat(snapshots.take(" \t\n", false).label()).isNull();
		assertThat(snapshots.take("x".repeat(100_000), false).label()).isEqualTo("x".repeat(100));
		assertThat(snapshots.take("a\r\nb", false).label()).isEqualTo("a??b");
	}

	@Test
	void offerShouldKeepTheFirstAsBaselineAndOneEachInterval() {
		Snapshots snapshots = snapshots(COOL_DOWN, null);
		assertThat(snapshots.isDue()).isTrue();
		offer(snapshots);
		assertThat(snapshots.isDue()).isFalse();
		offer(snapshots);
		assertThat(snapshots.list()).hasSize(1);
		this.clock.advance(INTERVAL.minusSeconds(1));
		offer(snapshots);
		assertThat(snapshots.isDue()).isFalse();
		assertThat(snapshots.list()).hasSize(1);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(snapshots.isDue()).isTrue();
		offer(snapshots);
		assertThat(snapshots.list()).extracting(Snapshot::label).containsExactly("baseline", null);
		assertThat(snapshots.list()).allMatch(Snapshot::automatic);
	}

	@Test
	void offerWhenAPersonMadeABaselineShouldNotOverrideIt() {
		Snapshots snapshots = snapshots(COOL_DOWN, null);
		Snapshot baseline = snapshots.take("baseline", false);
		offer(snapshots);
		assertThat(snapshots.list()).hasSize(2);
		assertThat(snapshots.find("baseline")).contains(baseline);
	}

	@Test
	void offerWhenManyShouldKeepTheBaseline() {
		Snapshots snapshots = snapshots(COOL_DOWN, null);
		for (int i = 0; i < 20; i++) {
			offer(snapshots);
			this.clock.advance(INTERVAL);
		}
		assertThat(snapshots.list()).extracting(Snapshot::id).containsExactly("h1", "h18", "h19", "h20");
		assertThat(snapshots.find("baseline")).map(Snapshot::id).contains("h1");
		assertThat(snapshots.find("latest")).map(Snapshot::id).contains("h20");
		assertThat(snapshots.delete("h1")).isTrue();
		assertThat(snapshots.find("baseline")).map(Snapshot::id).contains("h18");
	}

	@Test
	void onTakenShouldHearOfEachAndDoNoHarmWhenItFails() {
		Snapshots snapshots = snapshots(COOL_DOWN, null);
		List<Snapshot> heard = new ArrayList<>();
		snapshots.onTaken((snapshot) -> {
			heard.add(snapshot);
			throw new IllegalStateException("on purpose");
		});
		Snapshot asked = snapshots.take(null, false);
		offer(snapshots);
		assertThat(heard).isEqualTo(snapshots.list()).hasSize(2).contains(asked);
	}

	@Test
	void settingsWhenNoLimitsShouldBeRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SnapshotSettings(Duration.ofSeconds(-1), COOL_DOWN, null, 4));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SnapshotSettings(INTERVAL, Duration.ofSeconds(-1), null, 4));
		assertThatIllegalArgumentException().isThrownBy(() -> new SnapshotSettings(INTERVAL, COOL_DOWN, null, 1))
			.withMessageContaining("2");
	}

	private Snapshots snapshots(Duration coolDown, @Nullable Duration maxPause) {
		return new Snapshots(new ClassHistogram(this.clock), new SnapshotSettings(INTERVAL, coolDown, maxPause, 4),
				this.clock);
	}

	private void offer(Snapshots snapshots) {
		Instant now = this.clock.instant();
		snapshots.offer(new Histogram(HeapProfile.of(now, List.of()), Duration.ofMillis(8)), Duration.ofMillis(10));
	}

}
