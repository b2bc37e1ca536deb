package io.leakwatch.example.leak.listener;

import java.util.concurrent.atomic.AtomicInteger;

import io.leakwatch.example.shop.OrderView;

/**
 * Counts how often the product of one order is sold after it.
 */
class PopularityWatcher implements SaleListener {

	private final OrderView order;

	private final AtomicInteger soldSince = new AtomicInteger();

	PopularityWatcher(OrderView order) {
		this.order = order;
	}

	@Override
	public void onSale(String sku, int quantity) {
		if (sku.equals(this.order.sku())) {
			this.soldSince.addAndGet(quantity);
		}
	}

}
