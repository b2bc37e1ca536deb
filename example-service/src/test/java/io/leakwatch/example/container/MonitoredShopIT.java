package io.leakwatch.example.container;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator sees of the packaged service under load, through Prometheus and
 * through the endpoints.
 */
@RequiresDocker
class MonitoredShopIT {

	private static final Duration SCRAPE_LIMIT = Duration.ofMinutes(1);

	private static final Duration SUSPECT_LIMIT = Duration.ofMinutes(4);

	@AutoClose
	private static MonitoredShop shop;

	@BeforeAll
	static void startUnderLoad() {
		shop = MonitoredShop.start();
		shop.send("POST", "/load?rate=50");
	}

	@Test
	void scrapeWhenServiceRunsShouldSucceed() {
		await(SCRAPE_LIMIT).untilAsserted(() -> assertThat(shop.query("up{job='shop'}")).containsExactly(1.0));
	}

	@Test
	void meterOfHeapWhenScrapedShouldBeWithinMaximum() {
		await(SCRAPE_LIMIT)
			.untilAsserted(() -> assertThat(shop.query("sum(jvm_memory_used_bytes{area='heap'})")).singleElement()
				.satisfies((used) -> assertThat(used).isBetween(1e6, (double) MonitoredShop.MAX_HEAP_BYTES)));
	}

	@Test
	void meterOfThreadsWhenScrapedShouldCountThem() {
		await(SCRAPE_LIMIT).untilAsserted(() -> assertThat(shop.query("jvm_threads_live_threads")).singleElement()
			.satisfies((threads) -> assertThat(threads).isBetween(5.0, 500.0)));
	}

	@Test
	void meterOfLiveHeapWhenScrapedShouldBeWithinMaximum() {
		// The live heap is known from the first old collection on. G1 may take its time;
		// a snapshot that is asked for begins with one.
		shop.send("POST", "/actuator/heapdump-diff");
		await(SCRAPE_LIMIT).untilAsserted(() -> assertThat(shop.query("leakwatch_heap_live_bytes")).singleElement()
			.satisfies((live) -> assertThat(live).isBetween(1e6, (double) MonitoredShop.MAX_HEAP_BYTES)));
	}

	@Test
	void meterOfCachesWhenQuotesAreCachedShouldCountEntries() {
		await(SCRAPE_LIMIT).untilAsserted(
				() -> assertThat(shop.query("sum({__name__=~'(leakwatch_)?cache_size(_.+)?'})")).singleElement()
					.satisfies((entries) -> assertThat(entries).isPositive()));
	}

	@Test
	void leakwatchWhenMemoryOfContainerIsLimitedShouldTellLimit() {
		JsonNode answer = shop.send("GET", "/actuator/leakwatch");
		assertThat(answer.at("/process/limitBytes").asLong()).isEqualTo(MonitoredShop.MEMORY_LIMIT_BYTES);
	}

	@Test
	void heapdumpDiffWhenRequestedShouldAnswer() {
		assertThat(shop.send("GET", "/actuator/heapdump-diff").isObject()).isTrue();
	}

	@Test
	void suspectsWhenBeanForgetsNoOrderShouldRiseAboveZero() {
		shop.send("POST", "/leaks/map-in-bean");
		await(SUSPECT_LIMIT).untilAsserted(() -> assertThat(shop.query("sum(leakwatch_suspects)")).singleElement()
			.satisfies((suspects) -> assertThat(suspects).isPositive()));
		assertThat(shop.send("GET", "/actuator/leakwatch").get("suspects")).isNotEmpty();
	}

	private static ConditionFactory await(Duration limit) {
		return Awaitility.await().atMost(limit).pollInterval(Duration.ofSeconds(1));
	}

}
