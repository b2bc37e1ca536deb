package io.leakwatch.core.census;

/**
 * Where the census begins: an object, and what a person can look up, such as
 * {@code bean 'orderService'}. The census keeps the object no longer than a slice of its
 * walk.
 *
 * @param name the name, with which each holder below begins
 * @param object the object
 */
public record NamedRoot(String name, Object object) {
}
