package io.leakwatch.core.profile;

/**
 * A line of a stack in a profile.
 *
 * @param function the method with its class, {@code com.acme.Shop.add}, or another name
 * that is to be shown
 * @param file the file as tools look for it, {@code com/acme/Shop.java}; empty where
 * there is none
 * @param number the line's number, not positive where unknown
 */
public record StackLine(String function, String file, int number) {
}
