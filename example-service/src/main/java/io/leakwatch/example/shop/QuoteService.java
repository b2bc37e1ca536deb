package io.leakwatch.example.shop;

import java.time.Clock;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;

/**
 * Quotes prices. The cache is as large as the catalogue and no larger: an unknown SKU is
 * an exception, and exceptions are not cached.
 */
@Service
public class QuoteService {

	private final ProductRepository products;

	private final Clock clock;

	QuoteService(ProductRepository products, Clock clock) {
		this.products = products;
		this.clock = clock;
	}

	/**
	 * The quote for a product.
	 * @param sku the product
	 * @return its quote
	 * @throws ResponseStatusException when there is no such product
	 */
	@Cacheable("quotes")
	public Quote quote(String sku) {
		return this.products.findBySku(sku)
			.map((product) -> new Quote(product.getSku(), product.getName(), product.getPriceCents(),
					this.clock.instant()))
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no product " + sku));
	}

}
