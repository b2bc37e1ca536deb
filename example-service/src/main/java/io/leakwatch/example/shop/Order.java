package io.leakwatch.example.shop;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;

/**
 * An order, kept until {@link OrderCleanup} deletes it.
 */
@Entity
@Table(name = "orders", indexes = @Index(columnList = "placedAt"))
class Order {

	@Id
	@GeneratedValue
	private long id;

	@Column(nullable = false)
	private String sku;

	private int quantity;

	@Column(nullable = false)
	private String customer;

	private long totalCents;

	@Column(nullable = false)
	private Instant placedAt;

	// For JPA, which fills the fields by itself.
	@SuppressWarnings("NullAway.Init")
	protected Order() {
	}

	Order(String sku, int quantity, String customer, long totalCents, Instant placedAt) {
		this.sku = sku;
		this.quantity = quantity;
		this.customer = customer;
		this.totalCents = totalCents;
		this.placedAt = placedAt;
	}

	OrderView toView() {
		return new OrderView(this.id, this.sku, this.quantity, this.customer, this.totalCents, this.placedAt);
	}

}
