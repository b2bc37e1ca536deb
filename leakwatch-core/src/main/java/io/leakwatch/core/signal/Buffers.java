package io.leakwatch.core.signal;

/**
 * The buffers outside the heap.
 *
 * @param direct direct byte buffers
 * @param mapped parts of files that are mapped into memory
 */
public record Buffers(BufferUsage direct, BufferUsage mapped) {

	/**
	 * These with Netty's. Nobody tells how much of what Netty counts the JVM counts too:
	 * with most settings it is all or none. So the larger number of both is taken.
	 * @param bytes what Netty counts
	 * @return the buffers
	 */
	public Buffers withNetty(long bytes) {
		BufferUsage larger = new BufferUsage(this.direct.count(), Math.max(this.direct.usedBytes(), bytes),
				this.direct.maxBytes());
		return new Buffers(larger, this.mapped);
	}

}
