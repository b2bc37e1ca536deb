package io.leakwatch.core.signal;

/**
 * The buffers outside the heap, as the JVM counts them.
 *
 * @param direct direct byte buffers
 * @param mapped parts of files that are mapped into memory
 */
public record Buffers(BufferUsage direct, BufferUsage mapped) {
}
