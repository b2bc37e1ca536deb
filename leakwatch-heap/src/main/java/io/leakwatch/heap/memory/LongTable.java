package io.leakwatch.heap.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * A table of {@code long} values outside the Java heap, zero at first. Several threads
 * may read, and write at different places.
 */
public final class LongTable extends Memory.Table {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final int SHIFT = 15;

	/** A size to which tables grow in steps. */
	public static final int CHUNK = 1 << SHIFT;

	private static final int MASK = (1 << SHIFT) - 1;

	private final Memory memory;

	private long size;

	private ByteBuffer[] blocks;

	private LongBuffer[] chunks;

	LongTable(Memory memory, long size) {
		this.memory = memory;
		this.blocks = new ByteBuffer[0];
		this.chunks = new LongBuffer[0];
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
		LongBuffer[] grownChunks = Arrays.copyOf(this.chunks, count);
		for (int i = before; i < count; i++) {
			long entries = Math.min(newSize - ((long) i << SHIFT), CHUNK);
			grownBlocks[i] = this.memory.allocate((int) entries * Long.BYTES);
			grownChunks[i] = grownBlocks[i].asLongBuffer();
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
	public long get(long index) {
		return this.chunks[(int) (index >>> SHIFT)].get((int) index & MASK);
	}

	/**
	 * Writes one value.
	 * @param index its place
	 * @param value the value
	 */
	public void set(long index, long value) {
		this.chunks[(int) (index >>> SHIFT)].put((int) index & MASK, value);
	}

	/**
	 * Adds to one value, safe against other threads that do the same.
	 * @param index its place
	 * @param amount what is added
	 */
	public void addShared(long index, long amount) {
		LONGS.getAndAdd(this.blocks[(int) (index >>> SHIFT)], ((int) index & MASK) * Long.BYTES, amount);
	}

	/**
	 * Adds to one value; not for several threads at one place.
	 * @param index its place
	 * @param amount what is added
	 */
	public void add(long index, long amount) {
		LongBuffer chunk = this.chunks[(int) (index >>> SHIFT)];
		int at = (int) index & MASK;
		chunk.put(at, chunk.get(at) + amount);
	}

	/**
	 * Sets bits of one value, safe against other threads that do the same.
	 * @param index its place
	 * @param bits the bits to set
	 */
	public void or(long index, long bits) {
		LONGS.getAndBitwiseOr(this.blocks[(int) (index >>> SHIFT)], ((int) index & MASK) * Long.BYTES, bits);
	}

	/**
	 * Raises one value, safe against other threads that do the same. Zero counts as not
	 * yet written.
	 * @param index its place
	 * @param value the value that it becomes unless it is greater
	 */
	public void toGreatest(long index, long value) {
		ByteBuffer block = this.blocks[(int) (index >>> SHIFT)];
		int at = ((int) index & MASK) * Long.BYTES;
		long before = (long) LONGS.getVolatile(block, at);
		while ((before == 0 || before < value) && before != value) {
			long witness = (long) LONGS.compareAndExchange(block, at, before, value);
			if (witness == before) {
				return;
			}
			before = witness;
		}
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
		this.chunks = new LongBuffer[0];
	}

}
