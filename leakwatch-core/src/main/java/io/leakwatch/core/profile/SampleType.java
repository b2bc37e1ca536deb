package io.leakwatch.core.profile;

/**
 * A type of value that each sample of a profile has.
 *
 * @param name such as {@code inuse_space}
 * @param unit such as {@code bytes} or {@code count}
 */
public record SampleType(String name, String unit) {
}
