package io.leakwatch.autoconfigure.metrics;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link HttpRequestCount}.
 */
class HttpRequestCountTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	private final HttpRequestCount count = new HttpRequestCount(this.beanFactory.getBeanProvider(MeterRegistry.class));

	@Test
	void readWithoutARegistryShouldBeUnknown() {
		assertThat(this.count.read()).isNull();
	}

	@Test
	void readBeforeTheFirstRequestShouldBeUnknown() {
		this.beanFactory.registerSingleton("registry", new SimpleMeterRegistry());
		assertThat(this.count.read()).isNull();
	}

	@Test
	void readShouldAddUpAllTimersOfRequests() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.beanFactory.registerSingleton("registry", registry);
		registry.timer("http.server.requests", "uri", "/orders").record(Duration.ofMillis(1));
		registry.timer("http.server.requests", "uri", "/orders").record(Duration.ofMillis(1));
		registry.timer("http.server.requests", "uri", "/quotes").record(Duration.ofMillis(1));
		registry.timer("http.client.requests").record(Duration.ofMillis(1));
		assertThat(this.count.read()).isEqualTo(3);
	}

	@Test
	void readWithSeveralRegistriesOfEqualRankShouldBeUnknown() {
		this.beanFactory.registerSingleton("first", new SimpleMeterRegistry());
		this.beanFactory.registerSingleton("second", new SimpleMeterRegistry());
		assertThat(this.count.read()).isNull();
	}

}
