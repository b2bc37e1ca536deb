package io.leakwatch.example.leak;

import io.leakwatch.example.shop.OrderView;

/**
 * A mistake that a service may have, on purpose. It happens once per order while it is
 * switched on, on the thread that places the order.
 */
public interface Leak {

	/**
	 * What this leak is. The same each time.
	 * @return the description
	 */
	LeakDescription describe();

	/**
	 * Makes the mistake.
	 * @param order the order that is being placed
	 */
	void leak(OrderView order);

	/**
	 * How many things have been leaked and not been released.
	 * @return the number
	 */
	long leaked();

	/**
	 * Lets go of all that has been leaked.
	 */
	void release();

}
