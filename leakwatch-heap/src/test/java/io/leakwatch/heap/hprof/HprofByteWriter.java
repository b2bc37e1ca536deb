package io.leakwatch.heap.hprof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Big-endian values one after the other, as a heap dump has them: the lowest part of the
 * writer, with which a test can also make what no virtual machine would.
 */
public final class HprofByteWriter {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final int idSize;

	/**
	 * An empty writer.
	 * @param idSize the bytes of an identifier
	 */
	public HprofByteWriter(int idSize) {
		this.idSize = idSize;
	}

	/**
	 * Adds one byte.
	 * @param value of which the lowest 8 bits count
	 * @return this writer
	 */
	public HprofByteWriter u1(int value) {
		return number(value, 1);
	}

	/**
	 * Adds two bytes.
	 * @param value of which the lowest 16 bits count
	 * @return this writer
	 */
	public HprofByteWriter u2(int value) {
		return number(value, 2);
	}

	/**
	 * Adds four bytes.
	 * @param value of which the lowest 32 bits count
	 * @return this writer
	 */
	public HprofByteWriter u4(long value) {
		return number(value, 4);
	}

	/**
	 * Adds eight bytes.
	 * @param value the bits
	 * @return this writer
	 */
	public HprofByteWriter u8(long value) {
		return number(value, 8);
	}

	/**
	 * Adds an identifier.
	 * @param id of which as many of the lowest bits count as identifiers have
	 * @return this writer
	 */
	public HprofByteWriter id(long id) {
		return number(id, this.idSize);
	}

	/**
	 * Adds the identifier of an object.
	 * @param object the object, or {@code null} for the null reference
	 * @return this writer
	 */
	public HprofByteWriter id(@Nullable SyntheticObject object) {
		return id((object != null) ? object.id() : 0);
	}

	/**
	 * Adds bytes as they are.
	 * @param bytes the bytes
	 * @return this writer
	 */
	public HprofByteWriter bytes(byte[] bytes) {
		this.bytes.writeBytes(bytes);
		return this;
	}

	/**
	 * Adds text in UTF-8, without a length or an end.
	 * @param text the text
	 * @return this writer
	 */
	public HprofByteWriter text(String text) {
		return bytes(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Adds a value of a field or an element.
	 * @param type its type, which decides the width
	 * @param value a {@link SyntheticObject} or an address for a reference, otherwise a
	 * number, {@link Boolean} or {@link Character}; {@code null} is written as zeros
	 * @return this writer
	 */
	public HprofByteWriter value(SyntheticType type, @Nullable Object value) {
		return number(bits(type, value), type.bytes(this.idSize));
	}

	/**
	 * How many bytes there are so far.
	 * @return the number of bytes
	 */
	public int size() {
		return this.bytes.size();
	}

	/**
	 * What was written.
	 * @return a copy
	 */
	public byte[] toBytes() {
		return this.bytes.toByteArray();
	}

	int idSize() {
		return this.idSize;
	}

	void clear() {
		this.bytes.reset();
	}

	private HprofByteWriter number(long value, int width) {
		for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
			this.bytes.write((int) (value >>> shift));
		}
		return this;
	}

	private static long bits(SyntheticType type, @Nullable Object value) {
		if (value == null) {
			return 0;
		}
		if (type == SyntheticType.OBJECT && value instanceof SyntheticObject object) {
			return object.id();
		}
		if (value instanceof Boolean bool) {
			return bool ? 1 : 0;
		}
		if (value instanceof Character character) {
			return character;
		}
		if (value instanceof Number number) {
			return switch (type) {
				case FLOAT -> Float.floatToIntBits(number.floatValue());
				case DOUBLE -> Double.doubleToLongBits(number.doubleValue());
				default -> number.longValue();
			};
		}
		throw new IllegalArgumentException("not a value of type " + type + ": " + value);
	}

}
