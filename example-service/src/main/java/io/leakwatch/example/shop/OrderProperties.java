package io.leakwatch.example.shop;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the shop treats its orders.
 *
 * @param keep how long an order is kept
 */
@ConfigurationProperties("shop.orders")
record OrderProperties(@DefaultValue("30s") Duration keep) {
}
