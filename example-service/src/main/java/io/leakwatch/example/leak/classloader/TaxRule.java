package io.leakwatch.example.leak.classloader;

import io.leakwatch.example.shop.OrderView;

/**
 * The tax on an order. Public, because a class of another loader implements it.
 */
public interface TaxRule {

	/**
	 * The tax on an order.
	 * @param order the order
	 * @return the tax in cents
	 */
	long taxCents(OrderView order);

}
