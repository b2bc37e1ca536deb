package io.leakwatch.autoconfigure.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.leakwatch.autoconfigure.RunningApplication;
import io.leakwatch.core.operation.Expectations;
import io.leakwatch.core.operation.LeakWatch;
import io.leakwatch.core.operation.MeasureAllocation;
import io.leakwatch.core.operation.Overdue;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import jakarta.servlet.http.HttpSessionEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests of measured operations, and of what is expected to be collected.
 */
class LeakWatchOperationsAutoConfigurationTests {

	private static final int BYTES = 200_000;

	@ParameterizedTest
	@ValueSource(strings = { "spring.aop.auto=true", "spring.aop.auto=false" })
	void annotatedMethodsShouldBeMeasured(String property) {
		try (RunningApplication application = start(WebApplicationType.NONE, property)) {
			Orders orders = application.bean(Orders.class);
			assertThat(orders.place()).hasSize(BYTES);
			orders.cancel();
			assertThatIllegalStateException().isThrownBy(orders::fail);
			assertSummary(application, "place order", 1, BYTES);
			assertSummary(application, "Orders.cancel", 1, 0);
			assertSummary(application, "Orders.fail", 1, 0);
			Desk desk = application.bean(Desk.class);
			desk.open();
			desk.inner();
			assertSummary(application, "desk.open", 1, 0);
			assertThat(summary(application, "desk.inner")).isNull();
		}
	}

	@Test
	void beansWithoutAnnotationAndFinalOnesShouldStayAsTheyAre() {
		try (RunningApplication application = start(WebApplicationType.NONE)) {
			assertThat(AopUtils.isAopProxy(application.bean(Orders.class))).isTrue();
			assertThat(AopUtils.isAopProxy(application.bean(Plain.class))).isFalse();
			assertThat(AopUtils.isAopProxy(application.bean(Sealed.class))).isFalse();
		}
	}

	@Test
	void annotationsWhenSwitchedOffShouldMeanNothing() {
		try (RunningApplication application = start(WebApplicationType.NONE,
				"leakwatch.operations.annotations=false")) {
			assertThat(AopUtils.isAopProxy(application.bean(Orders.class))).isFalse();
			application.bean(Orders.class).place();
			LeakWatch.measure("by hand", () -> {
			});
			assertThat(summary(application, "place order")).isNull();
			assertSummary(application, "by hand", 1, 0);
		}
	}

	@Test
	void measureShouldTellTheContextThatWasStartedLast() throws Exception {
		try (RunningApplication first = start(WebApplicationType.NONE)) {
			try (RunningApplication second = start(WebApplicationType.NONE)) {
				LeakWatch.measure("by hand", () -> new byte[BYTES]);
				assertSummary(second, "by hand", 1, BYTES);
			}
			LeakWatch.measure("by hand", () -> new byte[BYTES]);
			assertThat(summary(first, "by hand")).isNull();
		}
	}

	@Test
	void operationsWhenTooManyShouldBeCountedAsOther() {
		try (RunningApplication application = start(WebApplicationType.NONE)) {
			for (int i = 0; i < 150; i++) {
				LeakWatch.measure("operation " + i, () -> {
				});
			}
			assertSummary(application, "operation 99", 1, 0);
			assertThat(summary(application, "operation 100")).isNull();
			assertSummary(application, "other", 50, 0);
		}
	}

	@Test
	void requestsWhenSwitchedOnShouldBeMeasuredByPattern() {
		try (RunningApplication application = start(WebApplicationType.SERVLET, "leakwatch.operations.http=true")) {
			application.get("/orders/1");
			application.get("/orders/2");
			application.get("/nowhere/1");
			// The observation ends after the answer was sent.
			await().atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertSummary(application, "GET /orders/{id}", 2, BYTES));
			assertThat(names(application)).doesNotContain("GET /nowhere/1");
		}
	}

	@Test
	void requestsShouldNotBeMeasuredByDefault() {
		try (RunningApplication application = start(WebApplicationType.SERVLET)) {
			application.get("/orders/1");
			assertThat(application.context().getBeanNamesForType(HttpAllocationHandler.class)).isEmpty();
		}
	}

	@Test
	void requestsOfAReactiveApplicationShouldNotBeMeasured() {
		try (RunningApplication application = start(WebApplicationType.REACTIVE, "leakwatch.operations.http=true")) {
			application.get("/orders/1");
			assertThat(names(application)).isEmpty();
		}
	}

	@Test
	void expectCollectedShouldComeToTheRunningContext() {
		Object kept = new Plain();
		try (RunningApplication application = start(WebApplicationType.NONE, "leakwatch.expectations.delay=0s")) {
			LeakWatch.expectCollected(kept, "closed");
			assertThat(overdue(application)).containsExactly(new Overdue.Kind(Plain.class.getName(), "closed", true));
		}
		LeakWatch.expectCollected(kept, "closed");
	}

	@Test
	void expectCollectedWhenSwitchedOffShouldDoNothing() {
		try (RunningApplication application = start(WebApplicationType.SERVLET,
				"leakwatch.expectations.enabled=false")) {
			LeakWatch.expectCollected(this, "closed");
			assertThat(application.context().getBeanNamesForType(Expectations.class)).isEmpty();
			assertThat(application.context().getBeanNamesForType(ExpiredSessions.class)).isEmpty();
		}
	}

	@Test
	void closedChildContextsShouldBeExpectedToBeCollected() {
		try (RunningApplication application = start(WebApplicationType.NONE, "leakwatch.expectations.delay=0s")) {
			StaticApplicationContext child = new StaticApplicationContext(application.context());
			child.refresh();
			assertThat(overdue(application)).isEmpty();
			child.close();
			assertThat(overdue(application)).containsExactly(
					new Overdue.Kind(StaticApplicationContext.class.getName(), "closed application context", false));
			assertThat(child.isActive()).isFalse();
		}
	}

	@Test
	void endedSessionsAndTheirScopedBeansShouldBeExpectedToBeCollected() {
		MockHttpSession session = new MockHttpSession();
		session.setAttribute("scopedTarget.cart", new Plain());
		session.setAttribute("name", new Object());
		try (RunningApplication application = start(WebApplicationType.SERVLET, "leakwatch.expectations.delay=0s")) {
			application.bean(ExpiredSessions.class).sessionDestroyed(new HttpSessionEvent(session));
			assertThat(overdue(application)).containsExactlyInAnyOrder(
					new Overdue.Kind(MockHttpSession.class.getName(), "ended HTTP session", false),
					new Overdue.Kind(Plain.class.getName(), "session-scoped bean of an ended session", false));
			MockHttpSession invalid = new MockHttpSession();
			invalid.invalidate();
			application.bean(ExpiredSessions.class).sessionDestroyed(new HttpSessionEvent(invalid));
		}
		assertThat(session.getAttribute("name")).isNotNull();
	}

	private static RunningApplication start(WebApplicationType type, String... properties) {
		return RunningApplication.start(type, Application.class, properties);
	}

	private static List<Overdue.Kind> overdue(RunningApplication application) {
		Expectations expectations = application.bean(Expectations.class);
		expectations.collected(Instant.now());
		expectations.collected(Instant.now());
		return expectations.overdue().stream().map(Overdue::kind).toList();
	}

	private static void assertSummary(RunningApplication application, String operation, long count, long leastBytes) {
		assertThat(summary(application, operation)).as(operation).isNotNull().satisfies((summary) -> {
			assertThat(summary.count()).isEqualTo(count);
			assertThat(summary.mean()).isBetween((double) leastBytes, leastBytes + 1_000_000.0);
			assertThat(summary.getId().getBaseUnit()).isEqualTo("bytes");
		});
	}

	private static @Nullable DistributionSummary summary(RunningApplication application, String operation) {
		return application.bean(MeterRegistry.class)
			.find("leakwatch.operation.allocated")
			.tag("operation", operation)
			.summary();
	}

	private static List<String> names(RunningApplication application) {
		return application.bean(MeterRegistry.class)
			.find("leakwatch.operation.allocated")
			.summaries()
			.stream()
			.map((summary) -> String.valueOf(summary.getId().getTag("operation")))
			.toList();
	}

	/** An application with something to measure. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Orders orders() {
			return new Orders();
		}

		@Bean
		Desk desk() {
			return new Desk();
		}

		@Bean
		Plain plain() {
			return new Plain();
		}

		@Bean
		Sealed sealed() {
			return new Sealed();
		}

		@Bean
		OrderController orderController() {
			return new OrderController();
		}

	}

	/** Measured by method. */
	static class Orders {

		@MeasureAllocation("place order")
		public byte[] place() {
			return new byte[BYTES];
		}

		@MeasureAllocation
		public void cancel() {
		}

		@MeasureAllocation
		public void fail() {
			throw new IllegalStateException("no");
		}

	}

	/** Measured as a whole. */
	@MeasureAllocation("desk")
	static class Desk {

		public void open() {
		}

		void inner() {
		}

	}

	/** Not measured. */
	static class Plain {

	}

	/** Cannot be measured. */
	static final class Sealed {

		@MeasureAllocation
		public void open() {
		}

	}

	/** Answers. */
	@RestController
	static class OrderController {

		@GetMapping("/orders/{id}")
		String order(@PathVariable("id") String id) {
			return id + new byte[BYTES].length;
		}

	}

}
