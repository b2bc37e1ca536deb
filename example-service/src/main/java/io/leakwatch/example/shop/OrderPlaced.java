package io.leakwatch.example.shop;

/**
 * The event that the shop publishes for each order, on the thread of the request and
 * before the answer is sent.
 *
 * @param order the order
 */
public record OrderPlaced(OrderView order) {
}
