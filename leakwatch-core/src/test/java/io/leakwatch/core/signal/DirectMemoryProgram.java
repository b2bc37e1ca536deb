package io.leakwatch.core.signal;

import java.nio.ByteBuffer;

/**
 * A program that takes {@value #BYTES} bytes outside the heap, and prints by how much
 * what the JVM tracks as "Other" has risen meanwhile.
 */
final class DirectMemoryProgram {

	static final int BYTES = 32 << 20;

	private DirectMemoryProgram() {
	}

	public static void main(String[] args) {
		NativeMemoryTracking tracking = new NativeMemoryTracking();
		long before = tracking.read().getOrDefault("Other", 0L);
		ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
		long after = tracking.read().getOrDefault("Other", 0L);
		System.out.println("took " + buffer.capacity());
		System.out.println(after - before);
	}

}
