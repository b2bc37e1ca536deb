package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.leakwatch.core.census.HolderSize;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests how often {@link ContainerGrowth} is wrong, on synthetic series. With the system
 * property {@code leakwatch.series} it looks at so many of each shape and prints what
 * comes out.
 */
class DetectionRatesTests {

	private static final @Nullable Integer SERIES = Integer.getInteger("leakwatch.series");

	/** What a build has time for. */
	private static final int TICKS_OF_A_SHAPE = 50_000;

	@ParameterizedTest
	@EnumSource(SyntheticShape.class)
	void findShouldSeldomBeWrong(SyntheticShape shape) {
		int series = (SERIES != null) ? SERIES : TICKS_OF_A_SHAPE / shape.ticks;
		int told = 0;
		long ticksUntilTold = 0;
		for (int seed = 0; seed < series; seed++) {
			int tick = probableAt(shape, seed);
			told += (tick >= 0) ? 1 : 0;
			ticksUntilTold += Math.max(0, tick);
		}
		if (SERIES != null) {
			System.out.println(String.format(Locale.ROOT, "| %s | %d | %.2f %% | %s |", shape.name(), series,
					100.0 * (shape.leaks ? series - told : told) / series,
					shape.leaks ? "%.1f ticks".formatted((double) ticksUntilTold / Math.max(1, told)) : ""));
		}
		if (shape.leaks) {
			assertThat(series - told).as("missed").isLessThanOrEqualTo(series / 20);
		}
		else {
			assertThat(told).as("false").isLessThanOrEqualTo(series / 1000);
		}
	}

	/** The tick after the warm-up at which it is more than a watch, -1 for never. */
	private static int probableAt(SyntheticShape shape, int seed) {
		SyntheticShape.Ticks ticks = shape.make(seed);
		ContainerGrowth growth = new ContainerGrowth(List.of("com.acme"), new IgnoreList(List.of()),
				Duration.ofMinutes(5));
		for (int i = 0; i < SyntheticShape.WARM_UP + shape.ticks; i++) {
			Instant at = Instant.EPOCH.plusSeconds(15L * i);
			HolderSize size = new HolderSize("bean 'orders' → com.acme.Orders.all (java.util.HashMap)",
					"bean 'orders' → com.acme.Orders", "java.util.HashMap", "com.acme.Order",
					Math.round(ticks.entries(i)), null, false, false);
			growth.add(at, List.of(size), ticks.requests(), i >= SyntheticShape.WARM_UP);
			List<Finding> findings = growth.find(at);
			if (!findings.isEmpty() && findings.get(0).severity() != Severity.WATCH) {
				return i - SyntheticShape.WARM_UP;
			}
		}
		return -1;
	}

}
