package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.acme.Hoard;
import io.leakwatch.autoconfigure.RunningApplication;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application with a bean that hoards, and what tests ask it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class HoardingApplication {

	static final String DIFF = "/actuator/heapdump-diff";

	static final String SNAPSHOTS = DIFF + "/snapshots";

	static final String HEAP_DUMP = "{\"kind\":\"heapdump\"}";

	static final Duration LONG = Duration.ofMinutes(3);

	@Bean
	Hoard hoard() {
		return new Hoard();
	}

	/**
	 * Starts one in which nothing is taken but by request, as soon as it is asked for.
	 */
	static RunningApplication start(WebApplicationType type, String... properties) {
		List<String> all = new ArrayList<>(RunningApplication.OPEN);
		all.add(RunningApplication.NOTHING_AUTOMATIC);
		all.add("leakwatch.snapshots.heap-dump-cool-down=0s");
		all.addAll(Arrays.asList(properties));
		return RunningApplication.start(type, HoardingApplication.class, all.toArray(String[]::new));
	}

	/** Takes a heap dump, and waits until it can be compared. */
	static JsonNode takeHeapDump(RunningApplication application, String label) {
		String id = beginHeapDump(application, label);
		JsonNode done = awaitEnd(application, id);
		assertThat(done.get("state").asString()).as(done.toString()).isEqualTo("READY");
		return done;
	}

	static String beginHeapDump(RunningApplication application, String label) {
		var response = application.post(DIFF, "application/json",
				"{\"kind\":\"heapdump\",\"label\":\"%s\"}".formatted(label));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
		return RunningApplication.json(response).get("id").asString();
	}

	static JsonNode awaitEnd(RunningApplication application, String id) {
		// Awaitility's own handler of exceptions would be a root of the next dump's
		// paths.
		return await().dontCatchUncaughtExceptions()
			.atMost(LONG)
			.until(() -> application.json(SNAPSHOTS + "/" + id),
					(snapshot) -> List.of("READY", "FAILED").contains(snapshot.get("state").asString()));
	}

}
