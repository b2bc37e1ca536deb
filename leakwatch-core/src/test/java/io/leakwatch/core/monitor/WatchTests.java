package io.leakwatch.core.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import io.leakwatch.core.census.HolderSize;
import io.leakwatch.core.signal.BufferUsage;
import io.leakwatch.core.signal.Buffers;
import io.leakwatch.core.signal.ClassUsage;
import io.leakwatch.core.signal.HeapUsage;
import io.leakwatch.core.signal.LiveHeap;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.signal.ThreadUsage;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Watch}: from the readings of many ticks to the verdict.
 */
class WatchTests {

	private static final String RECENT = "bean 'orders' → com.acme.Orders.recent (java.util.ArrayList)";

	private static final Duration WARM_UP = Duration.ofMinutes(5);

	private static final Duration INTERVAL = Duration.ofSeconds(15);

	private final MonitorSettings settings = new MonitorSettings(INTERVAL, WARM_UP, 0.005, Duration.ofMillis(200),
			List.of("bean 'known'*"), List.of("com.acme"));

	private final Watch watch = new Watch(this.settings, "G1", Instant.EPOCH);

	private final List<Suspect> risen = new ArrayList<>();

	private int ticks;

	@Test
	void judgeWhenAListLeaksShouldBeProbableWithinTenMinutesOfTheStart() {
		run(40, (tick) -> List.of(recent(50L * tick)));
		assertThat(Duration.between(Instant.EPOCH, now())).isEqualTo(Duration.ofMinutes(10));
		assertThat(suspects()).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.holder()).isEqualTo(RECENT);
		});
		assertThat(report().status()).isEqualTo(Status.GROWING);
		assertThat(this.risen).extracting((suspect) -> suspect.finding().severity())
			.containsExactly(Severity.WATCH, Severity.PROBABLE);
	}

	@Test
	void reportShouldListTheContainersThatGrowMostFirst() {
		HolderSize large = new HolderSize("static com.acme.Places.ALL (java.util.HashMap)", "static com.acme.Places",
				"java.util.HashMap", "com.acme.Place", 60_000, null, false, false);
		HolderSize small = new HolderSize("static com.acme.Names.ALL (java.util.HashSet)", "static com.acme.Names",
				"java.util.HashSet", null, 3, null, false, false);
		run(40, (tick) -> List.of(small, large, recent(50L * tick)));
		List<Report.Container> containers = report().containers();
		assertThat(containers).extracting((container) -> container.size().entries())
			.containsExactly(2_000L, 60_000L, 3L);
		assertThat(containers.get(0).growthPerMinute()).isCloseTo(200, within(1e-6));
		assertThat(containers.get(1).growthPerMinute()).isZero();
		assertThat(containers.get(2).growthPerMinute()).isNull();
	}

	@Test
	void judgeWhenNothingElseAgreesShouldConfirmWithinTwentyMinutesOfTheStart() {
		run(70, (tick) -> List.of(recent(50L * tick)));
		assertThat(suspects()).extracting(Finding::severity).containsExactly(Severity.PROBABLE);
		run(10, (tick) -> List.of(recent(50L * tick)));
		assertThat(Duration.between(Instant.EPOCH, now())).isEqualTo(Duration.ofMinutes(20));
		assertThat(suspects()).extracting(Finding::severity).containsExactly(Severity.CONFIRMED);
		assertThat(report().status()).isEqualTo(Status.LEAKING);
	}

	@Test
	void judgeWhenTheLeakEndsShouldEndTheSuspicion() {
		run(60, (tick) -> List.of(recent(50L * tick)));
		run(60, (tick) -> List.of(recent(3_000)));
		assertThat(suspects()).isEmpty();
		assertThat(report().status()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void judgeWhenIgnoredShouldTellNothing() {
		run(60, (tick) -> List.of(new HolderSize("bean 'known' → com.acme.Known.all (java.util.ArrayList)",
				"bean 'known'", "java.util.ArrayList", "com.acme.Order", 50L * tick, null, false, false)));
		assertThat(suspects()).isEmpty();
		assertThat(this.risen).isEmpty();
	}

	@Test
	void judgeWhenDirectBuffersAreKeptShouldTellOneSuspectOfTheirKind() {
		for (int i = 0; i < 60; i++) {
			this.ticks++;
			HolderSize kept = new HolderSize("bean 'uploads' → com.acme.Uploads.inFlight (java.util.HashMap)",
					"bean 'uploads'", "java.util.HashMap", "java.nio.DirectByteBuffer", 50L * i, null, false, false);
			this.risen.addAll(this.watch.judge(readings(1_000, 50L * i), List.of(kept), null, now()));
		}
		assertThat(suspects()).singleElement().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(SuspectKind.DIRECT_MEMORY);
			assertThat(finding.severity()).isEqualTo(Severity.CONFIRMED);
			assertThat(finding.holder()).contains("com.acme.Uploads.inFlight");
			assertThat(finding.title()).startsWith("Direct buffers grow by 12.5 MB a minute");
		});
	}

	@Test
	void judgeWhenClassesAreLoadedThatNobodyIsSeenToKeepShouldWatch() {
		for (int i = 0; i < 80; i++) {
			this.ticks++;
			this.watch.judge(readings(10_000 + 20 * i, 0), List.of(), null, now());
		}
		assertThat(suspects()).singleElement().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(SuspectKind.CLASS_LOADER);
			assertThat(finding.severity()).isEqualTo(Severity.WATCH);
		});
	}

	@Test
	void judgeWhenClassesAreLoadedShouldWaitUntilThatHasHeld() {
		int toldAt = 0;
		for (int i = 1; i <= 80 && toldAt == 0; i++) {
			this.ticks++;
			this.watch.judge(readings(10_000 + 20 * i, 0), List.of(), null, now());
			toldAt = suspects().isEmpty() ? 0 : i;
		}
		// After the warm-up of 20 ticks, 26 make the least gain of five percent.
		assertThat(toldAt).isBetween(20 + 26 + 3, 20 + 26 + 5);
	}

	@Test
	void judgeWhenCollectionsLeaveEverMoreClassesShouldBeProbableOnceThatHasHeld() {
		int probableAt = 0;
		for (int i = 1; i <= 80 && probableAt == 0; i++) {
			this.ticks++;
			Watch.Readings readings = readings(10_000 + 100 * i, 0);
			this.watch.collected(new LiveHeap(now(), 100 << 20), null, Map.of(), now(), readings.classes(),
					readings.buffers());
			this.watch.judge(readings, List.of(), null, now());
			probableAt = suspects().stream().anyMatch((finding) -> finding.severity() == Severity.PROBABLE) ? i : 0;
		}
		// After the warm-up of 20 ticks, sixteen points.
		assertThat(probableAt).isBetween(20 + 15, 20 + 18);
	}

	private void run(int ticks, IntFunction<List<HolderSize>> holders) {
		for (int i = 0; i < ticks; i++) {
			this.ticks++;
			this.risen.addAll(this.watch.judge(readings(1_000, 0), holders.apply(this.ticks), null, now()));
		}
	}

	private Instant now() {
		return Instant.EPOCH.plus(INTERVAL.multipliedBy(this.ticks));
	}

	private List<Finding> suspects() {
		return report().suspects().stream().map(Suspect::finding).toList();
	}

	private Report report() {
		return this.watch.report(readings(1_000, 0), this.watch.suspects(),
				new Report.Costs(0.005, 0, Duration.ZERO, null), now());
	}

	private static HolderSize recent(long entries) {
		return new HolderSize(RECENT, "bean 'orders' → com.acme.Orders", "java.util.ArrayList", "com.acme.Order",
				entries, null, false, false);
	}

	private static Watch.Readings readings(int loadedClasses, long directBuffers) {
		return new Watch.Readings(new HeapUsage(100 << 20, 1L << 30), new ClassUsage(1L << 20, loadedClasses), 10,
				new Buffers(new BufferUsage(directBuffers, directBuffers << 16, null), new BufferUsage(0, 0, null)),
				new ProcessUsage(null, null, null, null), null, Map.of(), new ThreadUsage(0, List.of()), 0, 0);
	}

}
