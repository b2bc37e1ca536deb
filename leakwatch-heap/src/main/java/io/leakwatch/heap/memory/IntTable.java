package io.leakwatch.heap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * A table of {@code int} values outside the Java heap, zero at first. Several threads may
 * read, and write at different places.
 */
public final class IntTable extends Memory.Table {

	private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

	private static final int SHIFT = 16;

	/** A size to which tables grow in steps. */
	public static final int CHUNK = 1 << SHIFT;

	private static final int MASK = (1 << SHIFT) - 1;

	private final Memory memory;

	private long size;

	private ByteBuffer[] blocks;

	private IntBuffer[] chunks;

	IntTable(Memory memory, long size) {
		this.memory = memory;
		this.blocks = new ByteBuffer[0];
		this.chunks = new IntBuffer[0];
		grow(size);
	}

	/**
	 * Adds zeros at the end. Threads that use the table meanwhile keep what they see.
	 * @param newSize how many values there are afterwards; where the table was not empty,
	 * its size must have been a multiple of {@value #CHUNK}
	 */
	public void grow(long newSize) {
		int count = Math.toIntExact((newSize + MASK) >>> SHIFT);
		int before = this.blocks.length;
		ByteBuffer[] grownBlocks = Arrays.copyOf(this.blocks, count);
		IntBuffer[] grownChunks = Arrays.copyOf(this.chunks, count);
		for (int i = before; i < count; i++) {
			long entries = Math.min(newSize - ((long) i << SHIFT), CHUNK);
			grownBlocks[i] = this.memory.allocate((int) entries * Integer.BYTES);
			grownChunks[i] = grownBlocks[i].asIntBuffer();
		}
		// Whoever sees the new arrays sees what is in them.
		VarHandle.storeStoreFence();
		this.blocks = grownBlocks;
		this.chunks = grownChunks;
		this.size = newSize;
	}

	/**
	 * How many values there are.
	 * @return the number of values
	 */
	public long size() {
		return this.size;
	}

	/**
	 * One value.
	 * @param index its place
	 * @return the value
	 */
	public int get(long index) {
		return this.chunks[(int) (index >>> SHIFT)].get((int) index & MASK);
	}

	/**
	 * Writes one value.
	 * @param index its place
	 * @param value the value
	 */
	public void set(long index, int value) {
		this.chunks[(int) (index >>> SHIFT)].put((int) index & MASK, value);
	}

	/**
	 * Writes a value where there is zero, safe against other threads that do the same.
	 * @param index its place
	 * @param value the value
	 * @return what was there before: zero where the value was written
	 */
	public int setIfZero(long index, int value) {
		return (int) INTS.compareAndExchange(this.blocks[(int) (index >>> SHIFT)], ((int) index & MASK) * Integer.BYTES,
				0, value);
	}

	/** Gives the memory back; the table must not be used again. */
	public void free() {
		for (ByteBuffer block : this.blocks) {
			this.memory.release(block);
		}
		forget();
	}

	@Override
	void forget() {
		this.blocks = new ByteBuffer[0];
		this.chunks = new IntBuffer[0];
	}

}
