package io.leakwatch.heap.memory;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;

/**
 * A table of unsigned 16-bit values outside the Java heap, zero at first. Several threads
 * may read, and write at different places.
 */
public final class ShortTable extends Table {

	private static final int SHIFT = 17;

	/** A size to which tables grow in steps. */
	public static final int CHUNK = 1 << SHIFT;

	private static final int MASK = (1 << SHIFT) - 1;

	private ShortBuffer[] chunks = new ShortBuffer[0];

	ShortTable(Memory memory, long size) {
		super(memory, Short.BYTES, CHUNK);
		grow(size);
	}

	@Override
	void show(ByteBuffer[] grown, int before) {
		ShortBuffer[] views = Arrays.copyOf(this.chunks, grown.length);
		for (int i = before; i < grown.length; i++) {
			views[i] = grown[i].asShortBuffer();
		}
		// Whoever sees the new array sees what is in it.
		VarHandle.storeStoreFence();
		this.chunks = views;
	}

	/**
	 * One value.
	 * @param index its place
	 * @return the value, 0 to 65535
	 */
	public int get(long index) {
		return this.chunks[(int) (index >>> SHIFT)].get((int) index & MASK) & 0xffff;
	}

	/**
	 * Writes one value.
	 * @param index its place
	 * @param value the value, of which the low 16 bits are kept
	 */
	public void set(long index, int value) {
		this.chunks[(int) (index >>> SHIFT)].put((int) index & MASK, (short) value);
	}

}
