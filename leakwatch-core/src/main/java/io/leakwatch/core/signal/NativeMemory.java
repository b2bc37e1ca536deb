package io.leakwatch.core.signal;

/**
 * The memory of the process outside the Java heap, as far as it is resident and no file
 * backs it.
 *
 * @param unaccountedBytes what is left when all that the JVM accounts for is taken off.
 * Its height says little, as what is taken off is the most that may be resident, and may
 * be negative; its growth is memory that native code has taken
 * @param accountedBytes what was taken off for classes, compiled code, threads and direct
 * buffers
 * @param wideHeapBytes the part of the heap that may become resident without ever being
 * in use at once, as a heap wanders over its regions: so much growth may be the heap's
 */
public record NativeMemory(long unaccountedBytes, long accountedBytes, long wideHeapBytes) {
}
