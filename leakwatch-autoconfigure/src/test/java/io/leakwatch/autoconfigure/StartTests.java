package io.leakwatch.autoconfigure;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what the log says of a start and an end: nothing that anyone must look into.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartTests {

	private static final String WARNING = "(?ms).*^\\S+\\s+(WARN|ERROR)\\s.*";

	static Stream<WebApplicationType> types() {
		return RunningApplication.types();
	}

	@ParameterizedTest
	@MethodSource("types")
	void startAndEndShouldWarnOfNothing(WebApplicationType type, CapturedOutput output) {
		try (RunningApplication application = RunningApplication.open(type, "leakwatch.watch.warm-up=0s")) {
			assertThat(application.get("/actuator/leakwatch").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/heapdump-diff").statusCode()).isEqualTo(200);
			assertThat(application.post("/actuator/heapdump-diff").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/metrics").statusCode()).isEqualTo(200);
		}
		assertThat(output).contains("Watching for leaks: a look each 100 ms, verdicts after a warm-up of 0 s")
			.doesNotMatch(WARNING);
	}

	@ParameterizedTest
	@MethodSource("types")
	void startWithAManagementPortShouldWarnOfNothing(WebApplicationType type, CapturedOutput output) {
		try (RunningApplication application = RunningApplication.open(type, "management.server.port=0")) {
			assertThat(application.context().getEnvironment().getProperty("local.management.port"))
				.isNotEqualTo(application.context().getEnvironment().getProperty("local.server.port"));
			assertThat(application.get("/actuator/leakwatch").statusCode()).isEqualTo(200);
			assertThat(application.get("/actuator/heapdump-diff").statusCode()).isEqualTo(200);
			assertThat(application.post("/actuator/heapdump-diff").statusCode()).isEqualTo(200);
		}
		assertThat(output).contains("Watching for leaks").doesNotMatch(WARNING);
	}

	@Test
	void startWithTheDefaultsShouldTellTheSchedule(CapturedOutput output) {
		try (RunningApplication application = RunningApplication.start(WebApplicationType.NONE,
				RunningApplication.Application.class)) {
			assertThat(application.context().isRunning()).isTrue();
		}
		assertThat(output).contains("a look each 15 s, verdicts after a warm-up of 300 s").doesNotMatch(WARNING);
	}

}
