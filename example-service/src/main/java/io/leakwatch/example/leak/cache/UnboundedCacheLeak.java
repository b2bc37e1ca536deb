package io.leakwatch.example.leak.cache;

import java.util.concurrent.ConcurrentHashMap;

import io.leakwatch.example.leak.Leak;
import io.leakwatch.example.leak.LeakDescription;
import io.leakwatch.example.leak.LeakKind;
import io.leakwatch.example.shop.OrderView;

import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.stereotype.Component;

/**
 * Caches a quote for each order in Boot's default cache, which has no bound.
 */
@Component
class UnboundedCacheLeak implements Leak {

	private final PersonalQuotes quotes;

	UnboundedCacheLeak(PersonalQuotes quotes) {
		this.quotes = quotes;
	}

	@Override
	public LeakDescription describe() {
		return new LeakDescription("unbounded-cache", LeakKind.CACHE,
				"Each order caches a quote, about 1 KB, under a key that never comes back. LeakWatch bounds this cache at"
						+ " 10,000 entries: start with leakwatch.caches.mode=off to see it grow for ever.",
				PersonalQuote.class, LeakDescription.holder("cache '" + PersonalQuotes.CACHE + "'",
						ConcurrentMapCache.class, "store", ConcurrentHashMap.class));
	}

	@Override
	public void leak(OrderView order) {
		this.quotes.quoteAfter(order.id(), order.sku());
	}

	@Override
	public long leaked() {
		return this.quotes.countCached();
	}

	@Override
	public void release() {
		this.quotes.forget();
	}

}
