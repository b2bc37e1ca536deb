package io.leakwatch.example.shop;

import java.util.Locale;
import java.util.stream.IntStream;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * The products, written into an empty database when the service starts.
 */
@Component
public class ProductCatalogue implements ApplicationRunner {

	/**
	 * How many products there are, and so how many quotes the cache can hold.
	 */
	public static final int SIZE = 500;

	private final ProductRepository products;

	ProductCatalogue(ProductRepository products) {
		this.products = products;
	}

	/**
	 * The SKU of a product.
	 * @param number from 1 to {@link #SIZE}
	 * @return the SKU, such as {@code SKU-017}
	 */
	public static String sku(int number) {
		return String.format(Locale.ROOT, "SKU-%03d", number);
	}

	@Override
	public void run(ApplicationArguments args) {
		if (this.products.count() == 0) {
			this.products.saveAll(IntStream.rangeClosed(1, SIZE).mapToObj(ProductCatalogue::product).toList());
		}
	}

	private static Product product(int number) {
		return new Product(sku(number), "Product " + number, 100 + 7L * number);
	}

}
