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
public final class IntTable extends Table {

	private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

	private static final int SHIFT = 16;

	/** A size to which tables grow in steps. */
	public static final int CHUNK = 1 << SHIFT;

	private static final int MASK = (1 << SHIFT) - 1;

	private IntBuffer[] chunks = new IntBuffer[0];

	IntTable(Memory memory, long size) {
		super(memory, Integer.BYTES, CHUNK);
		grow(size);
	}

	@Override
	void show(ByteBuffer[] grown, int before) {
		IntBuffer[] views = Arrays.copyOf(this.chunks, grown.length);
		for (int i = before; i < grown.length; i++) {
			views[i] = grown[i].asIntBuffer();
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
		return (int) INTS.compareAndExchange(block((int) (index >>> SHIFT)), ((int) index & MASK) * Integer.BYTES, 0,
				value);
	}

}
