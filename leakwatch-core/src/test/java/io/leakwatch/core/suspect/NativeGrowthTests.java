package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;

import io.leakwatch.core.signal.NativeMemory;
import io.leakwatch.core.signal.ProcessUsage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link NativeGrowth}. The shapes are those of resident memory: noise of a
 * megabyte, and whole pieces that malloc takes at once.
 */
class NativeGrowthTests {

	private static final ProcessUsage UNKNOWN = new ProcessUsage(null, null, null, null);

	private static final double MEGABYTE = 1 << 20;

	private static final int SERIES = 50;

	private NativeGrowth growth = new NativeGrowth();

	private Instant now = Instant.EPOCH;

	private long wideHeapBytes;

	@Test
	void findWhenNativeCodeKeepsMemoryShouldTellHowFast() {
		run(50, (i) -> 300 + 2 * i, (i) -> 100);
		assertThat(this.growth.find(UNKNOWN, this.now)).singleElement().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(SuspectKind.NATIVE_MEMORY);
			assertThat(finding.severity()).isEqualTo(Severity.WATCH);
			assertThat(finding.bytesPerMinute()).isCloseTo(8 * MEGABYTE, within(1.0));
			assertThat(finding.title()).startsWith("Memory outside the Java heap grows by 8.0 MB a minute");
			assertThat(finding.evidence()).singleElement()
				.satisfies((evidence) -> assertThat(evidence.detail()).contains("has gained 98.0 MB over 50 points"));
		});
	}

	@Test
	void findWhenTheJvmTracksThatItTakesItShouldBeProbable() {
		for (int i = 0; i < 50; i++) {
			this.growth.add(this.now,
					Map.of("Other", (30L + 2L * i) << 20, "Symbol", 9L << 20, "Code", (30L + i) << 20));
			runOne(300 + 2 * i);
		}
		assertThat(this.growth.find(UNKNOWN, this.now)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.evidence()).last()
				.extracting(Evidence::detail)
				.isEqualTo("Of the JVM's own memory, the category 'Other' has gained 98.0 MB over 50 points in 735 s");
		});
	}

	@Test
	void findWhenTheJvmTracksThatItDoesNotTakeItShouldSaySo() {
		for (int i = 0; i < 50; i++) {
			this.growth.add(this.now, Map.of("Other", 30L << 20, "Symbol", 9L << 20));
			runOne(300 + 2 * i);
		}
		assertThat(this.growth.find(UNKNOWN, this.now)).singleElement().satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.WATCH);
			assertThat(finding.evidence()).last()
				.extracting(Evidence::detail)
				.asString()
				.startsWith("No category of the JVM's own memory grows");
		});
	}

	@Test
	void findWhenThereIsALimitShouldTellWhenItIsReached() {
		run(50, (i) -> 300 + 2 * i, (i) -> 100);
		ProcessUsage process = new ProcessUsage(768L << 20, 700L << 20, 1L << 30, null);
		assertThat(this.growth.find(process, this.now)).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence()).last()
				.extracting(Evidence::detail)
				.isEqualTo("256.0 MB are left of the container's limit of 1.0 GB, "
						+ "which this growth alone takes in 32 minutes"));
	}

	@Test
	void findWhenItGrowsLittleShouldFindNothing() {
		run(60, (i) -> 300 + 0.2 * i, (i) -> 100);
		assertThat(this.growth.find(UNKNOWN, this.now)).isEmpty();
	}

	@Test
	void findWhenItGoesAlongWithWhatIsAccountedForShouldFindNothing() {
		run(40, (i) -> 300 + i, (i) -> 100 + 3 * i);
		assertThat(this.growth.find(UNKNOWN, this.now)).isEmpty();
		assertThat(this.growth.isGrowing()).isFalse();
	}

	@Test
	void findWhenItReturnsToWhereItWasShouldFindNothing() {
		run(60, (i) -> 500, (i) -> 100);
		run(60, (i) -> 300, (i) -> 100);
		run(60, (i) -> 300 + 3 * i, (i) -> 100);
		assertThat(this.growth.find(UNKNOWN, this.now)).isEmpty();
		run(30, (i) -> 480 + 3 * i, (i) -> 100);
		assertThat(this.growth.find(UNKNOWN, this.now)).hasSize(1);
	}

	@Test
	void findWhenTheHeapMayBeWhatGrowsShouldHaveNoConfidence() {
		this.wideHeapBytes = (long) (200 * MEGABYTE);
		run(40, (i) -> 300 + 3 * i, (i) -> 100);
		assertThat(this.growth.find(UNKNOWN, this.now)).singleElement()
			.satisfies((finding) -> assertThat(finding.confidence()).isZero());
		run(60, (i) -> 420 + 3 * i, (i) -> 100);
		assertThat(this.growth.find(UNKNOWN, this.now)).singleElement()
			.satisfies((finding) -> assertThat(finding.confidence()).isGreaterThan(0.9));
	}

	@Test
	void addWhenReadingsAreCloseTogetherShouldTakeOneInTwoSeconds() {
		for (int i = 0; i < 60; i++) {
			this.growth.add(Instant.EPOCH.plusSeconds(i), new NativeMemory((long) (i * 4 * MEGABYTE), 0, 0));
		}
		assertThat(this.growth.find(UNKNOWN, Instant.EPOCH.plusSeconds(60))).singleElement()
			.satisfies((finding) -> assertThat(finding.evidence().get(0).detail()).contains("over 30 points in 58 s"));
	}

	@Test
	void findWhenItRisesAtOnceShouldHardlyFindIt() {
		assertThat(found((random) -> {
			int first = random.nextInt(120);
			int second = random.nextInt(120);
			return (i) -> 300 + ((i > first) ? 64 : 0) + ((i > second) ? 64 : 0);
		})).isLessThanOrEqualTo(SERIES / 10);
	}

	@Test
	void findWhenItLeaksInNoiseShouldFindIt() {
		assertThat(found((random) -> {
			double perTick = 0.6 + random.nextInt(40) / 10.0;
			return (i) -> 300 + perTick * i;
		})).isGreaterThanOrEqualTo(SERIES - 1);
	}

	/** In how many series it is ever found. */
	private int found(Function<Random, IntToDoubleFunction> shape) {
		int found = 0;
		for (int seed = 0; seed < SERIES; seed++) {
			Random random = new Random(seed);
			IntToDoubleFunction megabytes = shape.apply(random);
			this.growth = new NativeGrowth();
			boolean told = false;
			for (int i = 0; i < 120; i++) {
				this.now = this.now.plusSeconds(15);
				double noise = random.nextGaussian() + 4 * (random.nextInt(10) / 9);
				this.growth.add(this.now,
						new NativeMemory((long) ((megabytes.applyAsDouble(i) + noise) * MEGABYTE), 0, 0));
				told |= !this.growth.find(UNKNOWN, this.now).isEmpty();
			}
			found += told ? 1 : 0;
		}
		return found;
	}

	private void runOne(int megabytes) {
		run(1, (tick) -> megabytes, (tick) -> 100);
	}

	private void run(int ticks, IntToDoubleFunction megabytes, IntToDoubleFunction accounted) {
		for (int i = 0; i < ticks; i++) {
			this.now = this.now.plusSeconds(15);
			this.growth.add(this.now, new NativeMemory((long) (megabytes.applyAsDouble(i) * MEGABYTE),
					(long) (accounted.applyAsDouble(i) * MEGABYTE), this.wideHeapBytes));
		}
	}

}
