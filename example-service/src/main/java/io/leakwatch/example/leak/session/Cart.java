package io.leakwatch.example.leak.session;

import java.util.List;

import io.leakwatch.example.shop.OrderView;

/**
 * What a customer has in the cart.
 *
 * @param orders what was ordered
 * @param note what the customer may want to know: about 1 KB
 */
record Cart(List<OrderView> orders, String note) {
}
