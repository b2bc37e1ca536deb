package io.leakwatch.example.leak.cache;

import java.util.concurrent.atomic.AtomicLong;

import io.leakwatch.example.shop.Quote;
import io.leakwatch.example.shop.QuoteService;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Component;

/**
 * Quotes with a discount for the next order. They are cached by the number of the order,
 * which never comes back, in a cache that has no bound of its own.
 */
@Component
class PersonalQuotes {

	static final String CACHE = "personal-quotes";

	private final QuoteService quotes;

	private final AtomicLong cached = new AtomicLong();

	PersonalQuotes(QuoteService quotes) {
		this.quotes = quotes;
	}

	@Cacheable(cacheNames = CACHE, key = "#orderId")
	public PersonalQuote quoteAfter(long orderId, String sku) {
		Quote quote = this.quotes.quote(sku);
		long discountCents = quote.priceCents() / 10;
		this.cached.incrementAndGet();
		return new PersonalQuote(quote, discountCents,
				("Thank you for order " + orderId + ". You save " + discountCents + " cents on the next. ").repeat(14));
	}

	@CacheEvict(cacheNames = CACHE, allEntries = true)
	public void forget() {
		this.cached.set(0);
	}

	public long countCached() {
		return this.cached.get();
	}

}
