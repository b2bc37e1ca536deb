package io.leakwatch.example.leak.listener;

import java.util.concurrent.CopyOnWriteArrayList;

import io.leakwatch.example.leak.Leak;
import io.leakwatch.example.leak.LeakDescription;
import io.leakwatch.example.leak.LeakKind;
import io.leakwatch.example.shop.OrderView;

import org.springframework.stereotype.Component;

/**
 * Registers a listener for each order and removes none.
 */
@Component
class ListenerLeak implements Leak {

	private final SaleFeed feed;

	ListenerLeak(SaleFeed feed) {
		this.feed = feed;
	}

	@Override
	public LeakDescription describe() {
		return new LeakDescription("listener", LeakKind.HEAP,
				"Each order registers a listener, about 1 KB, with a bean that lives as long as the service, and nobody removes it.",
				PopularityWatcher.class,
				LeakDescription.holder("bean 'saleFeed'", SaleFeed.class, "listeners", CopyOnWriteArrayList.class));
	}

	@Override
	public void leak(OrderView order) {
		this.feed.addListener(new PopularityWatcher(order));
		this.feed.announce(order);
	}

	@Override
	public long leaked() {
		return this.feed.countListeners();
	}

	@Override
	public void release() {
		this.feed.removeAllListeners();
	}

}
