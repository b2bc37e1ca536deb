package io.leakwatch.example.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the load generator, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LoadTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final RestTestClient service;

	LoadTests(@LocalServerPort int port) {
		this.service = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@AfterEach
	void stop() {
		this.service.delete().uri("/load").exchange().expectStatus().isOk();
	}

	@Test
	void startShouldSendRequestsUntilItIsStopped() {
		long before = status().requests();
		assertThat(start(100).rate()).isEqualTo(100);
		assertThat(countThreads()).isBetween(1L, 4L);
		// Forty requests are a whole round of each of the four customers.
		Awaitility.await().atMost(LIMIT).until(() -> status().requests() >= before + 40);
		stop();
		LoadStatus stopped = status();
		assertThat(stopped.rate()).isZero();
		assertThat(stopped.failures()).isZero();
		assertThat(countThreads()).isZero();
		assertThat(status()).isEqualTo(stopped);
	}

	@Test
	void startWhenRunningShouldReplaceTheRate() {
		start(10);
		assertThat(start(50).rate()).isEqualTo(50);
		assertThat(status().rate()).isEqualTo(50);
		assertThat(countThreads()).isLessThanOrEqualTo(4);
	}

	@ParameterizedTest
	@CsvSource({ "0", "-1", "2001" })
	void startWhenRateIsOutOfRangeShouldAnswer400(int rate) {
		this.service.post()
			.uri("/load?rate={rate}", rate)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("rate must be from 1 to 2000 requests per second, not " + rate);
		assertThat(status().rate()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "/load?rate=fast", "/load" })
	void startWhenRateIsNoNumberShouldAnswer400(String uri) {
		this.service.post().uri(uri).exchange().expectStatus().isBadRequest();
	}

	@Test
	void startWhenNobodyAnswersShouldCountFailures() throws IOException {
		MockEnvironment environment = new MockEnvironment().withProperty("local.server.port",
				Integer.toString(unusedPort()));
		LoadGenerator generator = new LoadGenerator(environment);
		generator.start(100);
		try {
			Awaitility.await().atMost(LIMIT).until(() -> generator.status().failures() >= 5);
		}
		finally {
			generator.stop();
		}
		assertThat(generator.status().failures()).isEqualTo(generator.status().requests());
	}

	private LoadStatus start(int rate) {
		LoadStatus status = this.service.post()
			.uri("/load?rate={rate}", rate)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(LoadStatus.class)
			.returnResult()
			.getResponseBody();
		return Objects.requireNonNull(status);
	}

	private LoadStatus status() {
		LoadStatus status = this.service.get()
			.uri("/load")
			.exchange()
			.expectBody(LoadStatus.class)
			.returnResult()
			.getResponseBody();
		return Objects.requireNonNull(status);
	}

	private static long countThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(LoadGenerator.THREAD_NAME_PREFIX))
			.count();
	}

	private static int unusedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
