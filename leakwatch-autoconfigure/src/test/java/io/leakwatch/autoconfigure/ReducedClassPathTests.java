package io.leakwatch.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the starter does what it can where a library is really missing: the
 * application runs in a class loader of its own, without the jars.
 */
class ReducedClassPathTests {

	private static final Set<String> ALWAYS = Set.of("leakWatchBeanRoots", "leakWatchMonitor", "leakWatchLifecycle",
			"leakWatchSnapshots", "leakWatchSuspectPublisher", "leakWatchExpectations", "leakWatchClosedContexts",
			"leakWatchOperationsLifecycle");

	private static final Set<String> ENDPOINTS = Set.of("leakWatchEndpoint", "leakWatchHeapDumpDiffEndpoint",
			"leakWatchHeapProfiler", "leakWatchPathMapper", "leakWatchProfileProbe");

	private static final Set<String> METERS = Set.of("leakWatchMeters", "leakWatchRequestCount",
			"leakWatchOperationMeters", "leakWatchMeasuringPostProcessor");

	private static final Set<String> HEALTH = Set.of("leakwatchHealthIndicator");

	private static final Set<String> CACHES = Set.of("leakWatchCacheWatch", "leakWatchCacheBoundingPostProcessor");

	@Test
	void applicationWithoutWebShouldHaveTheRest() throws Exception {
		assertThat(beansWithout("spring-web|webmvc|webflux|tomcat|netty|reactor")).containsAll(ALWAYS)
			.containsAll(METERS)
			.containsAll(HEALTH)
			.containsAll(CACHES);
	}

	@Test
	void applicationWithoutMicrometerShouldHaveTheRest() throws Exception {
		assertThat(beansWithout("micrometer|prometheus")).containsAll(ALWAYS)
			.containsAll(ENDPOINTS)
			.containsAll(HEALTH)
			.containsAll(CACHES)
			.doesNotContainAnyElementsOf(METERS)
			.doesNotContain("leakWatchCacheMeters", "leakWatchJvmMemoryMetrics");
	}

	@Test
	void applicationWithoutBootsMetricsShouldHaveTheRest() throws Exception {
		assertThat(beansWithout("spring-boot-micrometer|spring-boot-starter-micrometer")).containsAll(ALWAYS)
			.containsAll(ENDPOINTS)
			.containsAll(HEALTH)
			.doesNotContain("leakWatchJvmMemoryMetrics");
	}

	@Test
	void applicationWithoutHealthShouldHaveTheRest() throws Exception {
		assertThat(beansWithout("spring-boot-health")).containsAll(ALWAYS)
			.containsAll(ENDPOINTS)
			.containsAll(METERS)
			.doesNotContainAnyElementsOf(HEALTH);
	}

	@Test
	void applicationWithoutActuatorShouldWatch() throws Exception {
		assertThat(beansWithout("actuator|spring-boot-health|micrometer")).containsAll(ALWAYS)
			.containsAll(CACHES)
			.doesNotContainAnyElementsOf(ENDPOINTS)
			.doesNotContainAnyElementsOf(METERS)
			.doesNotContainAnyElementsOf(HEALTH);
	}

	@Test
	void applicationWithoutBootsCachesShouldHaveTheRest() throws Exception {
		assertThat(beansWithout("spring-boot-cache|caffeine|spring-context-support")).containsAll(ALWAYS)
			.containsAll(ENDPOINTS)
			.containsAll(METERS)
			.containsAll(HEALTH);
	}

	private static Set<String> beansWithout(String jars) throws IOException, ReflectiveOperationException {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader reduced = new URLClassLoader(classPathWithout(Pattern.compile(jars)),
				ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(reduced);
			Callable<?> program = (Callable<?>) reduced.loadClass(Program.class.getName())
				.getDeclaredConstructor()
				.newInstance();
			return new TreeSet<>(List.of(String.valueOf(call(program)).split(",")));
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static Object call(Callable<?> program) {
		try {
			return program.call();
		}
		catch (Exception ex) {
			throw new AssertionError("The application did not start", ex);
		}
	}

	/** What is tested stays, and of the rest what has no such name. */
	private static URL[] classPathWithout(Pattern jars) throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
			String file = Path.of(entry).getFileName().toString();
			if (!file.endsWith(".jar") || !jars.matcher(file).find()) {
				urls.add(Path.of(entry).toUri().toURL());
			}
		}
		return urls.toArray(URL[]::new);
	}

	/** Runs in the other class loader, so that only the JDK's types come out of it. */
	public static final class Program implements Callable<String> {

		@Override
		public String call() throws Exception {
			try (ConfigurableApplicationContext context = SpringApplication.run(RunningApplication.Application.class,
					"--spring.main.web-application-type=none", "--spring.main.register-shutdown-hook=false",
					"--management.endpoints.web.exposure.include=*")) {
				return String.join(",", context.getBeanDefinitionNames());
			}
		}

	}

}
