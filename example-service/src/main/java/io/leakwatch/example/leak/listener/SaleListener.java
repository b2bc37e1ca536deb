package io.leakwatch.example.leak.listener;

/**
 * Hears of each sale.
 */
interface SaleListener {

	void onSale(String sku, int quantity);

}
