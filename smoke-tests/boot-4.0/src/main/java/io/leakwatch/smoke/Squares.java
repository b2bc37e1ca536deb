package io.leakwatch.smoke;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/**
 * Squares of numbers, each of them worked out once.
 */
@Service
class Squares {

	private final AtomicInteger workedOut = new AtomicInteger();

	@Cacheable("squares")
	public int of(int number) {
		this.workedOut.incrementAndGet();
		return Math.multiplyExact(number, number);
	}

	/** How many were worked out, and not found in the cache. */
	public int workedOut() {
		return this.workedOut.get();
	}

}
