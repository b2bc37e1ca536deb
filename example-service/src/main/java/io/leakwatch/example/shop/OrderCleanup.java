package io.leakwatch.example.shop;

import java.time.Clock;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The job that deletes old orders, so that the database, which lives on the heap here,
 * stays level under constant load.
 */
@Component
class OrderCleanup {

	private static final Logger logger = LoggerFactory.getLogger(OrderCleanup.class);

	private final OrderRepository orders;

	private final Duration keep;

	private final Clock clock;

	OrderCleanup(OrderRepository orders, OrderProperties properties, Clock clock) {
		this.orders = orders;
		this.keep = properties.keep();
		this.clock = clock;
	}

	@Scheduled(fixedRateString = "${shop.orders.cleanup-interval:5s}")
	void deleteOldOrders() {
		int deleted = this.orders.deletePlacedBefore(this.clock.instant().minus(this.keep));
		logger.debug("Deleted {} orders", deleted);
	}

}
