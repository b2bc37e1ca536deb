package io.leakwatch.example.leak;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the leaks and their switches, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LeakTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final List<String> IDS = List.of("class-loader", "direct-buffer", "listener", "map-in-bean",
			"session", "static-list", "thread-local", "thread-pool", "unbounded-cache");

	private static final List<String> THROTTLED = List.of("class-loader", "thread-pool");

	// Something with a name, then Class.field, then the class of the container.
	private static final Pattern HOLDER = Pattern.compile(".+ → (\\S+)\\.(\\w+) \\((\\S+)\\)");

	private final RestTestClient service;

	LeakTests(@LocalServerPort int port) {
		this.service = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	static Stream<String> idsOfLeaksWithEachOrder() {
		return IDS.stream().filter((id) -> !THROTTLED.contains(id));
	}

	@AfterEach
	void switchAllOff() {
		IDS.forEach((id) -> switchOff(id, true));
	}

	@Test
	void listAtFirstShouldHaveEachLeakOffAndNothingLeaked() {
		placeOrders(1);
		assertThat(list()).extracting(LeakStatus::id).containsExactlyElementsOf(IDS);
		assertThat(list()).allSatisfy((leak) -> {
			assertThat(leak.on()).isFalse();
			assertThat(leak.leaked()).isZero();
			assertThat(leak.sentence()).endsWith(".");
		});
	}

	@Test
	void listShouldNameClassesAndFieldsThatExist() {
		assertThat(list()).allSatisfy((leak) -> {
			assertThat(Class.forName(leak.leakingClass())).isNotNull();
			Matcher holder = HOLDER.matcher(leak.holder());
			if (leak.kind() != LeakKind.THREAD) {
				assertThat(holder.matches()).isTrue();
				assertThat(Class.forName(holder.group(1)).getDeclaredField(holder.group(2)).getType()).isAssignableFrom(
						holder.group(2).equals("PRINTED") ? ThreadLocal.class : Class.forName(holder.group(3)));
			}
		});
	}

	@ParameterizedTest
	@MethodSource("idsOfLeaksWithEachOrder")
	void leakShouldLeakWithEachOrderUntilItIsSwitchedOff(String id) {
		assertThat(switchOn(id)).returns(true, LeakStatus::on).returns(0L, LeakStatus::leaked);
		placeOrders(5);
		// The thread local's are put there by other threads.
		Awaitility.await().atMost(LIMIT).until(() -> leaked(id) == 5);
		assertThat(switchOff(id, false)).returns(false, LeakStatus::on).returns(5L, LeakStatus::leaked);
		placeOrders(2);
		assertThat(leaked(id)).isEqualTo(5);
		assertThat(switchOff(id, true).leaked()).isZero();
		assertThat(list()).extracting(LeakStatus::leaked).containsOnly(0L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "class-loader", "thread-pool" })
	void throttledLeakShouldLeakWithSomeOrdersUntilItIsSwitchedOff(String id) {
		assertThat(switchOn(id)).returns(true, LeakStatus::on).returns(0L, LeakStatus::leaked);
		Awaitility.await().atMost(LIMIT).until(() -> {
			placeOrders(1);
			return leaked(id) >= 3;
		});
		long leaked = switchOff(id, false).leaked();
		assertThat(leaked).isBetween(3L, 4L);
		// Longer than the throttle holds it back.
		Awaitility.await().atMost(LIMIT).during(Duration.ofMillis(1_200)).until(() -> {
			placeOrders(1);
			return leaked(id) == leaked;
		});
		assertThat(switchOff(id, true).leaked()).isZero();
	}

	@Test
	void threadPoolWhenReleasedShouldEndItsThreads() {
		switchOn("thread-pool");
		Awaitility.await().atMost(LIMIT).until(() -> {
			placeOrders(1);
			return countThreads("order-mailer-") == 4;
		});
		switchOff("thread-pool", true);
		Awaitility.await().atMost(LIMIT).until(() -> countThreads("order-mailer-") == 0);
	}

	@Test
	void sessionWhenOnShouldMakeASessionAndReleaseShouldEndIt() {
		switchOn("session");
		String cookie = Objects.requireNonNull(placeOrder().getResponseHeaders().getFirst(HttpHeaders.SET_COOKIE));
		assertThat(cookie).startsWith("JSESSIONID=");
		EntityExchangeResult<byte[]> again = placeOrder(HttpHeaders.COOKIE, cookie.split(";", 2)[0]);
		assertThat(again.getResponseHeaders().getFirst(HttpHeaders.SET_COOKIE)).isNull();
		assertThat(leaked("session")).isOne();
		switchOff("session", true);
		switchOn("session");
		EntityExchangeResult<byte[]> afterwards = placeOrder(HttpHeaders.COOKIE, cookie.split(";", 2)[0]);
		assertThat(afterwards.getResponseHeaders().getFirst(HttpHeaders.SET_COOKIE)).isNotNull();
	}

	@Test
	void switchWhenLeakIsUnknownShouldAnswer404WithTheIds() {
		Stream.of(this.service.post().uri("/leaks/none"), this.service.delete().uri("/leaks/none"))
			.forEach((request) -> request.exchange()
				.expectStatus()
				.isNotFound()
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("There is no leak 'none'. There are: " + String.join(", ", IDS))
				.jsonPath("$.ids.length()")
				.isEqualTo(IDS.size()));
	}

	private List<LeakStatus> list() {
		LeakStatus[] leaks = this.service.get()
			.uri("/leaks")
			.exchange()
			.expectBody(LeakStatus[].class)
			.returnResult()
			.getResponseBody();
		assertThat(leaks).isNotNull();
		return Arrays.asList(leaks);
	}

	private long leaked(String id) {
		return list().stream().filter((leak) -> leak.id().equals(id)).findFirst().orElseThrow().leaked();
	}

	private LeakStatus switchOn(String id) {
		return status(this.service.post().uri("/leaks/{id}", id));
	}

	private LeakStatus switchOff(String id, boolean release) {
		return status(this.service.delete().uri("/leaks/{id}?release={release}", id, release));
	}

	private static LeakStatus status(RestTestClient.RequestHeadersSpec<?> request) {
		LeakStatus status = request.exchange()
			.expectStatus()
			.isOk()
			.expectBody(LeakStatus.class)
			.returnResult()
			.getResponseBody();
		return Objects.requireNonNull(status);
	}

	private void placeOrders(int count) {
		for (int i = 0; i < count; i++) {
			placeOrder();
		}
	}

	private EntityExchangeResult<byte[]> placeOrder(String... header) {
		return this.service.post().uri("/orders").headers((headers) -> {
			if (header.length == 2) {
				headers.add(header[0], header[1]);
			}
		})
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("sku", "SKU-001", "quantity", 1, "customer", "Ada"))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody()
			.returnResult();
	}

	private static long countThreads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(prefix))
			.count();
	}

}
