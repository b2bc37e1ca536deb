package io.leakwatch.example.leak.classloader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.example.leak.Leak;
import io.leakwatch.example.leak.LeakDescription;
import io.leakwatch.example.leak.LeakKind;
import io.leakwatch.example.leak.Throttle;
import io.leakwatch.example.shop.OrderView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Loads the tax rules anew and keeps the old ones, and so their class loaders.
 */
@Component
class ClassLoaderLeak implements Leak {

	private static final Logger logger = LoggerFactory.getLogger(ClassLoaderLeak.class);

	private final Throttle throttle = new Throttle(Duration.ofMillis(500));

	private final List<TaxRule> rules = new ArrayList<>();

	@Override
	public LeakDescription describe() {
		return new LeakDescription("class-loader", LeakKind.CLASS_LOADER,
				"An order loads the tax rules with a class loader of their own, and the rules are kept; at most two a second.",
				TaxRuleLoader.class,
				LeakDescription.holder("bean 'classLoaderLeak'", ClassLoaderLeak.class, "rules", ArrayList.class));
	}

	@Override
	public synchronized void leak(OrderView order) {
		if (this.throttle.tryAcquire()) {
			TaxRule rule = new TaxRuleLoader().load();
			logger.debug("The tax on order {} is {} cents", order.id(), rule.taxCents(order));
			this.rules.add(rule);
		}
	}

	@Override
	public synchronized long leaked() {
		return this.rules.size();
	}

	@Override
	public synchronized void release() {
		this.rules.clear();
	}

}
