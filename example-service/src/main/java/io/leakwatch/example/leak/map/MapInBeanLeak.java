package io.leakwatch.example.leak.map;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.leakwatch.example.leak.Leak;
import io.leakwatch.example.leak.LeakDescription;
import io.leakwatch.example.leak.LeakKind;
import io.leakwatch.example.shop.OrderView;

import org.springframework.stereotype.Component;

/**
 * Remembers a trace of each order and forgets none.
 */
@Component
class MapInBeanLeak implements Leak {

	private final Map<Long, OrderTrace> traces = new ConcurrentHashMap<>();

	@Override
	public LeakDescription describe() {
		return new LeakDescription("map-in-bean", LeakKind.HEAP,
				"A bean puts a trace of each order into a map, about 2 KB, and never takes one out.", OrderTrace.class,
				LeakDescription.holder("bean 'mapInBeanLeak'", MapInBeanLeak.class, "traces", ConcurrentHashMap.class));
	}

	@Override
	public void leak(OrderView order) {
		this.traces.put(order.id(), OrderTrace.of(order));
	}

	@Override
	public long leaked() {
		return this.traces.size();
	}

	@Override
	public void release() {
		this.traces.clear();
	}

}
