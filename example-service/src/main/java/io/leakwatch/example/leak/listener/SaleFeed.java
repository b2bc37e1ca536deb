package io.leakwatch.example.leak.listener;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.leakwatch.example.shop.OrderView;

import org.springframework.stereotype.Component;

/**
 * Tells each sale to whoever listens. A bean, and so it lives as long as the service.
 */
@Component
class SaleFeed {

	private final List<SaleListener> listeners = new CopyOnWriteArrayList<>();

	void addListener(SaleListener listener) {
		this.listeners.add(listener);
	}

	void removeAllListeners() {
		this.listeners.clear();
	}

	int countListeners() {
		return this.listeners.size();
	}

	void announce(OrderView sale) {
		this.listeners.forEach((listener) -> listener.onSale(sale));
	}

}
