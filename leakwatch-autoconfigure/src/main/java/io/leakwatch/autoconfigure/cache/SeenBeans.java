package io.leakwatch.autoconfigure.cache;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * The beans that are caches or managers of caches, in the order in which they were made.
 * Holds them weakly, and at most {@value #MAXIMUM_BEANS} of them: prototypes could be
 * many. Safe for any thread.
 */
final class SeenBeans {

	static final int MAXIMUM_BEANS = 1_000;

	private final List<SeenBean> beans = new ArrayList<>();

	synchronized void add(String beanName, Object bean) {
		if (this.beans.size() >= MAXIMUM_BEANS) {
			this.beans.removeIf((each) -> each.reference().refersTo(null));
		}
		if (this.beans.size() < MAXIMUM_BEANS) {
			this.beans.add(new SeenBean(beanName, new WeakReference<>(bean)));
		}
	}

	synchronized List<SeenBean> list() {
		this.beans.removeIf((each) -> each.reference().refersTo(null));
		return List.copyOf(this.beans);
	}

	/** A bean, as long as the application keeps it. */
	record SeenBean(String beanName, WeakReference<Object> reference) {
	}

}
