package io.leakwatch.example.heapdump;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import io.leakwatch.example.client.ShopClient;
import io.leakwatch.example.shop.ProductCatalogue;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import tools.jackson.databind.JsonNode;

/** Lets leaks of the example service grow, and says by how much they have. */
final class GrownLeaks {

	private static final int AT_LEAST = 1_000;

	private static final int REQUESTS_A_SECOND = 400;

	private GrownLeaks() {
	}

	/**
	 * Puts load on the service while leaks are on, and stops it again.
	 * @return how many things each has leaked meanwhile
	 */
	static Map<String, Long> grow(ShopClient shop, Collection<String> leaks) {
		Map<String, Long> before = leaked(shop, leaks);
		leaks.forEach((leak) -> shop.post("/leaks/" + leak));
		shop.post("/load?rate=" + REQUESTS_A_SECOND);
		await().until(() -> leaked(shop, leaks),
				(now) -> leaks.stream().allMatch((leak) -> now.get(leak) - before.get(leak) >= AT_LEAST));
		shop.delete("/load");
		leaks.forEach((leak) -> shop.delete("/leaks/" + leak));
		settle(shop);
		Map<String, Long> grown = leaked(shop, leaks);
		grown.replaceAll((leak, count) -> count - before.get(leak));
		return grown;
	}

	/** Runs the service in, so that what it keeps in any case is there. */
	static void warmUp(ShopClient shop) {
		shop.post("/load?rate=" + REQUESTS_A_SECOND);
		await().until(() -> shop.get("/load").get("requests").asLong(), (requests) -> requests > 3_000);
		shop.delete("/load");
		// A quote that is cached only later would count for the cache that leaks.
		for (int number = 1; number <= ProductCatalogue.SIZE; number++) {
			shop.get("/products/" + ProductCatalogue.sku(number) + "/quote");
		}
		settle(shop);
	}

	/** Waits for the end of the requests that were under way, and of the old orders. */
	private static void settle(ShopClient shop) {
		await().until(() -> shop.get("/orders/recent"), JsonNode::isEmpty);
	}

	private static Map<String, Long> leaked(ShopClient shop, Collection<String> leaks) {
		Map<String, Long> leaked = new TreeMap<>();
		for (JsonNode each : shop.get("/leaks")) {
			if (leaks.contains(each.get("id").asString())) {
				leaked.put(each.get("id").asString(), each.get("leaked").asLong());
			}
		}
		return leaked;
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
	}

}
