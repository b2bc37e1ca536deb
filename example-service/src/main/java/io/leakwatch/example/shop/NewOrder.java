package io.leakwatch.example.shop;

import org.jspecify.annotations.Nullable;

/**
 * An order as a customer sends it.
 *
 * @param sku the product
 * @param quantity how many of it
 * @param customer who orders
 */
record NewOrder(@Nullable String sku, int quantity, @Nullable String customer) {
}
