package io.leakwatch.example.leak.listener;

import io.leakwatch.example.shop.OrderView;

/**
 * Hears of each sale.
 */
interface SaleListener {

	void onSale(OrderView sale);

}
