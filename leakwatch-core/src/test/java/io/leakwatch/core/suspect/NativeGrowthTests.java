package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;

import io.leakwatch.core.signal.NativeMemory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link NativeGrowth}. The shapes are those of resident memory: noise of a
 * megabyte, and whole pieces that malloc takes at once.
 */
class NativeGrowthTests {

	private static final double MEGABYTE = 1 << 20;

	private static final int SERIES = 50;

	private NativeGrowth growth = new NativeGrowth();

	private Instant now = Instant.EPOCH;

	@Test
	void findWhenNativeCodeKeepsMemoryShouldTellHowFast() {
		run(50, (i) -> 300 + 2 * i, (i) -> 100);
		assertThat(this.growth.find(this.now)).singleElement().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(SuspectKind.NATIVE_MEMORY);
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.bytesPerMinute()).isCloseTo(8 * MEGABYTE, within(1.0));
			assertThat(finding.title()).startsWith("Memory outside the Java heap grows by 8.0 MB a minute");
			assertThat(finding.evidence()).singleElement()
				.satisfies((evidence) -> assertThat(evidence.detail()).contains("has gained 98.0 MB over 50 points"));
		});
	}

	@Test
	void findWhenItHasJustBegunShouldBeNoMoreThanAWatch() {
		run(30, (i) -> 300 + 4 * i, (i) -> 100);
		assertThat(this.growth.find(this.now)).extracting(Finding::severity).containsExactly(Severity.WATCH);
	}

	@Test
	void findWhenItGrowsLittleShouldFindNothing() {
		run(60, (i) -> 300 + 0.2 * i, (i) -> 100);
		assertThat(this.growth.find(this.now)).isEmpty();
	}

	@Test
	void findWhenItGoesAlongWithWhatIsAccountedForShouldFindNothing() {
		run(40, (i) -> 300 + i, (i) -> 100 + 3 * i);
		assertThat(this.growth.find(this.now)).isEmpty();
		assertThat(this.growth.isGrowing()).isFalse();
	}

	@Test
	void findWhenItReturnsToWhereItWasShouldFindNothing() {
		run(60, (i) -> 500, (i) -> 100);
		run(60, (i) -> 300, (i) -> 100);
		run(60, (i) -> 300 + 3 * i, (i) -> 100);
		assertThat(this.growth.find(this.now)).isEmpty();
		run(30, (i) -> 480 + 3 * i, (i) -> 100);
		assertThat(this.growth.find(this.now)).hasSize(1);
	}

	@Test
	void addWhenReadingsAreCloseTogetherShouldTakeOneInTwoSeconds() {
		for (int i = 0; i < 60; i++) {
			this.growth.add(Instant.EPOCH.plusSeconds(i), new NativeMemory((long) (i * 4 * MEGABYTE), 0));
		}
		assertThat(this.growth.find(Instant.EPOCH.plusSeconds(60))).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence().get(0).detail()).contains("over 30 points in 58 s"));
	}

	@Test
	void findWhenArenasFindTheirLevelShouldNotBeProbable() {
		assertThat(probable((random) -> {
			double height = 20 + random.nextInt(300);
			double ticks = 5 + random.nextInt(20);
			return (i) -> 300 + height * (1 - Math.exp(-i / ticks));
		})).isLessThanOrEqualTo(1);
	}

	@Test
	void findWhenMemoryComesAndGoesShouldNotBeProbable() {
		assertThat(probable((random) -> {
			int period = 4 + random.nextInt(16);
			double height = 20 + random.nextInt(100);
			return (i) -> 300 + height * (i % period) / period;
		})).isZero();
	}

	@Test
	void findWhenItRisesAtOnceShouldNotBeProbable() {
		assertThat(probable((random) -> {
			int first = random.nextInt(120);
			int second = random.nextInt(120);
			return (i) -> 300 + ((i > first) ? 64 : 0) + ((i > second) ? 64 : 0);
		})).isZero();
	}

	@Test
	void findWhenItLeaksInNoiseShouldBeProbable() {
		assertThat(probable((random) -> {
			double perTick = 0.6 + random.nextInt(40) / 10.0;
			return (i) -> 300 + perTick * i;
		})).isGreaterThanOrEqualTo(SERIES - 1);
	}

	/** In how many series it is ever more than a watch. */
	private int probable(Function<Random, IntToDoubleFunction> shape) {
		int probable = 0;
		for (int seed = 0; seed < SERIES; seed++) {
			Random random = new Random(seed);
			IntToDoubleFunction megabytes = shape.apply(random);
			this.growth = new NativeGrowth();
			boolean told = false;
			for (int i = 0; i < 120; i++) {
				this.now = this.now.plusSeconds(15);
				double noise = random.nextGaussian() + 4 * (random.nextInt(10) / 9);
				this.growth.add(this.now,
						new NativeMemory((long) ((megabytes.applyAsDouble(i) + noise) * MEGABYTE), 0));
				told |= this.growth.find(this.now).stream().anyMatch((finding) -> finding.severity() != Severity.WATCH);
			}
			probable += told ? 1 : 0;
		}
		return probable;
	}

	private void run(int ticks, IntToDoubleFunction megabytes, IntToDoubleFunction accounted) {
		for (int i = 0; i < ticks; i++) {
			this.now = this.now.plusSeconds(15);
			this.growth.add(this.now, new NativeMemory((long) (megabytes.applyAsDouble(i) * MEGABYTE),
					(long) (accounted.applyAsDouble(i) * MEGABYTE)));
		}
	}

}
