package io.leakwatch.example.leak.classloader;

import io.leakwatch.example.shop.OrderView;

/**
 * The class that each {@link TaxRuleLoader} loads anew.
 */
public final class StandardTaxRule implements TaxRule {

	private static final long PERCENT = 19;

	@Override
	public long taxCents(OrderView order) {
		return order.totalCents() * PERCENT / 100;
	}

}
