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
public final class LongTable extends Table {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final int SHIFT = 15;

	/** A size to which tables grow in steps. */
	public static final int CHUNK = 1 << SHIFT;

	private static final int MASK = (1 << SHIFT) - 1;

	private LongBuffer[] chunks = new LongBuffer[0];

	LongTable(Memory memory, long size) {
		super(memory, Long.BYTES, CHUNK);
		grow(size);
	}

	@Override
	void show(ByteBuffer[] grown, int before) {
		LongBuffer[] views = Arrays.copyOf(this.chunks, grown.length);
		for (int i = before; i < grown.length; i++) {
			views[i] = grown[i].asLongBuffer();
		}
		// Whoever sees the new array sees what is in it.
		VarHandle.storeStoreFence();
		this.chunks = views;
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
		LONGS.getAndAdd(block((int) (index >>> SHIFT)), ((int) index & MASK) * Long.BYTES, amount);
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
		LONGS.getAndBitwiseOr(block((int) (index >>> SHIFT)), ((int) index & MASK) * Long.BYTES, bits);
	}

	/**
	 * Raises one value, safe against other threads that do the same. Zero counts as not
	 * yet written.
	 * @param index its place
	 * @param value the value that it becomes unless it is greater
	 */
	public void toGreatest(long index, long value) {
		ByteBuffer block = block((int) (index >>> SHIFT));
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

}
