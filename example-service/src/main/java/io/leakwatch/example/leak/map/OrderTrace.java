package io.leakwatch.example.leak.map;

import java.util.List;
import java.util.stream.Stream;

import io.leakwatch.example.shop.OrderView;

/**
 * What happened to an order, step by step: about 2 KB.
 *
 * @param orderId the order
 * @param steps what happened
 */
record OrderTrace(long orderId, List<String> steps) {

	static OrderTrace of(OrderView order) {
		return new OrderTrace(order.id(),
				Stream.of("received", "priced", "checked", "taxed", "stored", "confirmed", "packed", "sent")
					.map((step) -> step + " at " + order.placedAt() + ": " + order + ", no remarks")
					.toList());
	}

}
