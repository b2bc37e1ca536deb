package io.leakwatch.example.shop;

import java.time.Instant;

/**
 * The price of a product, as it was when it was first asked for.
 *
 * @param sku the product
 * @param name its name
 * @param priceCents the price of one
 * @param quotedAt when the price was read
 */
public record Quote(String sku, String name, long priceCents, Instant quotedAt) {
}
