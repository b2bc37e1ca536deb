package io.leakwatch.core.census;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.acme.Shop.Order;
import com.acme.Shop.OrderService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContainerCensus} while the application changes what is looked at.
 */
class ConcurrentCensusTests {

	private final OrderService service = new OrderService();

	@Test
	void walkWhenContainersChangeMeanwhileShouldEndEachPass() throws InterruptedException {
		Map<Object, Object> hashed = new HashMap<>();
		Map<Object, Object> sorted = new TreeMap<>();
		Collection<Object> queue = new ArrayDeque<>();
		this.service.any = hashed;
		this.service.other = List.of(sorted, queue);
		AtomicBoolean end = new AtomicBoolean();
		AtomicLong changes = new AtomicLong();
		Thread application = new Thread(() -> {
			for (int i = 0; !end.get(); i++) {
				hashed.put("key-" + i % 5000, new Order());
				sorted.put(i % 3000, new ArrayList<>());
				queue.add(i);
				this.service.recent.add(new Order());
				if (i % 997 == 0) {
					hashed.clear();
					sorted.clear();
					queue.clear();
					this.service.recent.clear();
				}
				changes.incrementAndGet();
			}
		});
		application.start();
		try {
			ContainerCensus census = new ContainerCensus(() -> List.of(new NamedRoot("bean 'a'", this.service)));
			int passes = 0;
			while (passes < 200 || changes.get() < 20_000) {
				passes += census.walk(Duration.ofNanos(1)) ? 1 : 0;
				assertThat(census.read()).allSatisfy((size) -> assertThat(size.entries()).isNotNegative());
			}
		}
		finally {
			end.set(true);
			application.join();
		}
	}

}
