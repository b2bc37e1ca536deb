package io.leakwatch.example.leak.cache;

import io.leakwatch.example.shop.Quote;

/**
 * A quote for a customer who has just ordered: about 1 KB.
 *
 * @param quote the usual quote
 * @param discountCents what the customer saves next time
 * @param letter what is written to the customer
 */
record PersonalQuote(Quote quote, long discountCents, String letter) {
}
