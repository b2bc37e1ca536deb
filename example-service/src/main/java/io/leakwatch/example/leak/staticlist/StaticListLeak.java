package io.leakwatch.example.leak.staticlist;

import java.util.ArrayList;
import java.util.List;

import io.leakwatch.example.leak.Leak;
import io.leakwatch.example.leak.LeakDescription;
import io.leakwatch.example.leak.LeakKind;
import io.leakwatch.example.shop.OrderView;

import org.springframework.stereotype.Component;

/**
 * Writes an audit log that stays in memory.
 */
@Component
class StaticListLeak implements Leak {

	private static final List<AuditEntry> ENTRIES = new ArrayList<>();

	@Override
	public LeakDescription describe() {
		return new LeakDescription("static-list", LeakKind.HEAP,
				"An audit entry for each order, about 1 KB, is added to a static list that is never cleared.",
				AuditEntry.class, LeakDescription.holder("static", StaticListLeak.class, "ENTRIES", ArrayList.class));
	}

	@Override
	public void leak(OrderView order) {
		AuditEntry entry = new AuditEntry(order.id(),
				("customer " + order.customer() + " did " + order + "; ").repeat(7));
		synchronized (ENTRIES) {
			ENTRIES.add(entry);
		}
	}

	@Override
	public long leaked() {
		synchronized (ENTRIES) {
			return ENTRIES.size();
		}
	}

	@Override
	public void release() {
		synchronized (ENTRIES) {
			ENTRIES.clear();
		}
	}

}
