package io.leakwatch.core.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MonitorSettings}.
 */
class MonitorSettingsTests {

	@ParameterizedTest
	@CsvSource({ "PT0.1S, PT0S, 1, PT0S", "PT15S, PT5M, 0.005, PT0.2S" })
	void newWhenWithinLimitsShouldDo(Duration interval, Duration warmUp, double budget, Duration maxPause) {
		List<String> ignore = new ArrayList<>(List.of("a"));
		MonitorSettings settings = new MonitorSettings(interval, warmUp, budget, maxPause, ignore, List.of());
		ignore.add("b");
		assertThat(settings.ignore()).containsExactly("a");
	}

	@ParameterizedTest
	@CsvSource({ "PT0.099S, PT0S, 1, PT0S, interval", "PT0S, PT0S, 1, PT0S, interval", "PT1S, PT-1S, 1, PT0S, warm-up",
			"PT1S, PT0S, 1, PT-1S, pause", "PT1S, PT0S, 0, PT0S, budget", "PT1S, PT0S, -0.1, PT0S, budget",
			"PT1S, PT0S, 1.01, PT0S, budget", "PT1S, PT0S, NaN, PT0S, budget" })
	void newWhenOutsideTheLimitsShouldSayWhich(Duration interval, Duration warmUp, double budget, Duration maxPause,
			String named) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MonitorSettings(interval, warmUp, budget, maxPause, List.of(), List.of()))
			.withMessageContaining(named);
	}

	@Test
	void newShouldCopyThePackages() {
		List<String> packages = new ArrayList<>(List.of("com.acme"));
		MonitorSettings settings = new MonitorSettings(Duration.ofSeconds(1), Duration.ZERO, 1, Duration.ZERO,
				List.of(), packages);
		packages.clear();
		assertThat(settings.applicationPackages()).containsExactly("com.acme");
	}

}
