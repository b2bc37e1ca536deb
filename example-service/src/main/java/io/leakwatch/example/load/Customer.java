package io.leakwatch.example.load;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.leakwatch.example.shop.ProductCatalogue;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * A customer who goes round in ten steps: five quotes, two orders, each looked at
 * afterwards, and one look at the recent orders. Keeps no cookies.
 */
class Customer {

	private static final int CUSTOMERS = 1_000;

	private final RestClient shop;

	private int step;

	private @Nullable URI lastOrder;

	Customer(int port) {
		SimpleClientHttpRequestFactory connections = new SimpleClientHttpRequestFactory();
		connections.setConnectTimeout(Duration.ofSeconds(2));
		connections.setReadTimeout(Duration.ofSeconds(5));
		this.shop = RestClient.builder().requestFactory(connections).baseUrl("http://127.0.0.1:" + port).build();
	}

	/**
	 * Sends the next request and waits for the answer.
	 * @throws org.springframework.web.client.RestClientException when the request failed
	 */
	void next() {
		switch (this.step++ % 10) {
			case 1, 5 -> placeOrder();
			case 2, 6 -> readOrder();
			case 9 -> this.shop.get().uri("/orders/recent").retrieve().toBodilessEntity();
			default -> askQuote();
		}
	}

	private void askQuote() {
		this.shop.get().uri("/products/{sku}/quote", randomSku()).retrieve().toBodilessEntity();
	}

	private void placeOrder() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		Map<String, Object> order = Map.of("sku", randomSku(), "quantity", random.nextInt(1, 10), "customer",
				"customer-" + random.nextInt(CUSTOMERS));
		// Forgotten first: after a failure there is none to read.
		this.lastOrder = null;
		this.lastOrder = this.shop.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.body(order)
			.retrieve()
			.toBodilessEntity()
			.getHeaders()
			.getLocation();
	}

	private void readOrder() {
		if (this.lastOrder == null) {
			askQuote();
			return;
		}
		this.shop.get().uri(this.lastOrder.getPath()).retrieve().toBodilessEntity();
	}

	private static String randomSku() {
		return ProductCatalogue.sku(ThreadLocalRandom.current().nextInt(ProductCatalogue.SIZE) + 1);
	}

}
