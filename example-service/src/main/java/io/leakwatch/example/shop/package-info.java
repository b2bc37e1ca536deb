/**
 * Products, quotes and orders: the healthy part of the service.
 */
@NullMarked
package io.leakwatch.example.shop;

import org.jspecify.annotations.NullMarked;
