package io.leakwatch.example.leak;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.leakwatch.example.shop.OrderPlaced;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The switchboard: which leaks there are, and which of them are on. All are off at first.
 */
@Component
class Leaks {

	private final Map<String, Leak> leaks = new TreeMap<>();

	private final Set<String> on = ConcurrentHashMap.newKeySet();

	Leaks(List<Leak> leaks) {
		leaks.forEach((leak) -> this.leaks.put(leak.describe().id(), leak));
	}

	List<LeakStatus> list() {
		return this.leaks.values().stream().map(this::status).toList();
	}

	LeakStatus switchOn(String id) {
		Leak leak = get(id);
		this.on.add(id);
		return status(leak);
	}

	/**
	 * Stops a leak.
	 * @param id which one
	 * @param release whether to let go of what has been leaked too
	 * @return the status after that
	 */
	LeakStatus switchOff(String id, boolean release) {
		Leak leak = get(id);
		this.on.remove(id);
		if (release) {
			leak.release();
		}
		return status(leak);
	}

	@EventListener
	void onOrder(OrderPlaced event) {
		this.leaks.forEach((id, leak) -> {
			if (this.on.contains(id)) {
				leak.leak(event.order());
			}
		});
	}

	private Leak get(String id) {
		@Nullable Leak leak = this.leaks.get(id);
		if (leak == null) {
			throw new UnknownLeakException(id, this.leaks.keySet());
		}
		return leak;
	}

	private LeakStatus status(Leak leak) {
		return LeakStatus.of(leak, this.on.contains(leak.describe().id()));
	}

}
