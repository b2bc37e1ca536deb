package io.leakwatch.example.shop;

import java.time.Instant;

/**
 * An order as the outside sees it.
 *
 * @param id the order's number
 * @param sku the product
 * @param quantity how many of it
 * @param customer who ordered
 * @param totalCents what it costs
 * @param placedAt when it was placed
 */
public record OrderView(long id, String sku, int quantity, String customer, long totalCents, Instant placedAt) {
}
