package io.leakwatch.example.shop;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the shop, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ShopTests {

	private final RestTestClient shop;

	ShopTests(@LocalServerPort int port) {
		this.shop = RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

	@Test
	void quoteShouldBeCached() {
		Quote first = quote("SKU-017");
		assertThat(first.name()).isEqualTo("Product 17");
		assertThat(first.priceCents()).isEqualTo(219);
		assertThat(quote("SKU-017")).isEqualTo(first);
	}

	@Test
	void quoteWhenProductIsUnknownShouldAnswer404() {
		this.shop.get()
			.uri("/products/SKU-501/quote")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("There is no product SKU-501");
	}

	@Test
	void placedOrderShouldBeFoundByItsNumberAndAmongTheRecent() {
		EntityExchangeResult<OrderView> placed = place(Map.of("sku", "SKU-003", "quantity", 2, "customer", "Ada"));
		OrderView order = Objects.requireNonNull(placed.getResponseBody());
		assertThat(order.totalCents()).isEqualTo(242);
		assertThat(placed.getResponseHeaders().get(HttpHeaders.SET_COOKIE)).isNull();
		this.shop.get()
			.uri("/orders/{id}", order.id())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(OrderView.class)
			.isEqualTo(order);
		OrderView[] recent = this.shop.get()
			.uri("/orders/recent")
			.exchange()
			.expectBody(OrderView[].class)
			.returnResult()
			.getResponseBody();
		assertThat(recent).isNotNull().hasSizeLessThanOrEqualTo(20).contains(order);
		assertThat(Arrays.stream(recent).map(OrderView::id)).isSortedAccordingTo((a, b) -> Long.compare(b, a));
	}

	@Test
	void orderWhenNumberIsUnknownShouldAnswer404() {
		this.shop.get().uri("/orders/999999999").exchange().expectStatus().isNotFound();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 101 })
	void placeWhenQuantityIsOutOfRangeShouldAnswer400(int quantity) {
		this.shop.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("sku", "SKU-003", "quantity", quantity, "customer", "Ada"))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("quantity must be from 1 to 100, not " + quantity);
	}

	@Test
	void placeWhenCustomerIsMissingShouldAnswer400() {
		this.shop.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("sku", "SKU-003", "quantity", 1))
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void deleteOldOrdersShouldDeleteThoseOlderThanTheirKeepTime(@Autowired OrderRepository orders,
			@Autowired Clock clock) {
		Order old = orders.save(new Order("SKU-003", 1, "Ada", 121, clock.instant().minus(Duration.ofMinutes(50))));
		Order young = orders.save(new Order("SKU-003", 1, "Ada", 121, clock.instant()));
		new OrderCleanup(orders, new OrderProperties(Duration.ofMinutes(40)), clock).deleteOldOrders();
		assertThat(orders.findById(old.toView().id())).isEmpty();
		assertThat(orders.findById(young.toView().id())).isPresent();
	}

	private Quote quote(String sku) {
		Quote quote = this.shop.get()
			.uri("/products/{sku}/quote", sku)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Quote.class)
			.returnResult()
			.getResponseBody();
		return Objects.requireNonNull(quote);
	}

	private EntityExchangeResult<OrderView> place(Map<String, Object> order) {
		return this.shop.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.body(order)
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(OrderView.class)
			.returnResult();
	}

}
