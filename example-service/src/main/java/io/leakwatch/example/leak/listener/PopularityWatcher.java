package io.leakwatch.example.leak.listener;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.leakwatch.example.shop.OrderView;

/**
 * Counts when in the week the product of an order is sold after it: about 1 KB.
 */
class PopularityWatcher implements SaleListener {

	private static final int HOURS_A_DAY = 24;

	private final OrderView order;

	private final AtomicIntegerArray soldByHour = new AtomicIntegerArray(7 * HOURS_A_DAY);

	PopularityWatcher(OrderView order) {
		this.order = order;
	}

	@Override
	public void onSale(OrderView sale) {
		if (sale.sku().equals(this.order.sku())) {
			this.soldByHour.addAndGet(hourOfWeek(sale.placedAt()), sale.quantity());
		}
	}

	private static int hourOfWeek(Instant time) {
		LocalDateTime local = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
		return (local.getDayOfWeek().getValue() - 1) * HOURS_A_DAY + local.getHour();
	}

}
