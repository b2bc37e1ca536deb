package io.leakwatch.example.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

/**
 * Something the shop sells.
 */
@Entity
class Product {

	@Id
	@GeneratedValue
	private long id;

	@Column(unique = true, nullable = false)
	private String sku;

	@Column(nullable = false)
	private String name;

	private long priceCents;

	// For JPA, which fills the fields by itself.
	@SuppressWarnings("NullAway.Init")
	protected Product() {
	}

	Product(String sku, String name, long priceCents) {
		this.sku = sku;
		this.name = name;
		this.priceCents = priceCents;
	}

	String getSku() {
		return this.sku;
	}

	String getName() {
		return this.name;
	}

	long getPriceCents() {
		return this.priceCents;
	}

}
