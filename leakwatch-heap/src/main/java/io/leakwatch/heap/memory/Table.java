package io.leakwatch.heap.memory;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What the tables have in common: blocks of a {@link Memory}, one behind the other. */
abstract class Table {

	private final Memory memory;

	private final int valueBytes;

	private final int chunk;

	private ByteBuffer[] blocks = new ByteBuffer[0];

	private long size;

	/** An empty table of values of some bytes, so many of which make a block. */
	Table(Memory memory, int valueBytes, int chunk) {
		this.memory = memory;
		this.valueBytes = valueBytes;
		this.chunk = chunk;
	}

	/**
	 * Adds zeros at the end. Threads that use the table meanwhile keep what they see.
	 * @param newSize how many values there are afterwards; where the table was not empty,
	 * its size must have been a multiple of the table's {@code CHUNK}
	 */
	public void grow(long newSize) {
		int before = this.blocks.length;
		int count = Math.toIntExact((newSize + this.chunk - 1) / this.chunk);
		ByteBuffer[] grown = Arrays.copyOf(this.blocks, count);
		for (int i = before; i < count; i++) {
			long values = Math.min(newSize - (long) i * this.chunk, this.chunk);
			grown[i] = this.memory.allocate((int) values * this.valueBytes);
		}
		show(grown, before);
		// Whoever sees the new array sees what is in it.
		VarHandle.storeStoreFence();
		this.blocks = grown;
		this.size = newSize;
	}

	/** Takes views of the blocks, of which so many were there before. */
	abstract void show(ByteBuffer[] grown, int before);

	/**
	 * How many values there are.
	 * @return the number of values
	 */
	public long size() {
		return this.size;
	}

	/** Gives the memory back; the table must not be used again. */
	public void free() {
		for (ByteBuffer block : this.blocks) {
			this.memory.release(block);
		}
		forget();
	}

	/** Makes every use a failure of its own, where it would be one of the process. */
	void forget() {
		this.blocks = new ByteBuffer[0];
		show(this.blocks, 0);
	}

	ByteBuffer block(int number) {
		return this.blocks[number];
	}

}
