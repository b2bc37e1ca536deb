package io.leakwatch.heap.graph;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * Places the fields of objects as HotSpot does, as far as the size is concerned.
 */
abstract sealed class FieldPacking permits GapFillingPacking, RowPacking {

	/** Width of the empty space around fields marked as contended, HotSpot's default. */
	static final int CONTENDED_PADDING_BYTES = 128;

	final VmParameters vm;

	FieldPacking(VmParameters vm) {
		this.vm = vm;
	}

	/**
	 * Returns the size of an instance, header and padding included.
	 * @param shape the class
	 * @return the size in bytes
	 */
	abstract long instanceBytes(ClassShape shape);

	/**
	 * Returns where the static fields of a class end in its {@code java.lang.Class}. They
	 * fill no gaps in any release, as placing them always starts at the end of the
	 * object.
	 * @param statics the static fields
	 * @param start where they begin, a multiple of the word size
	 * @return the end, a multiple of the word size
	 */
	long staticsEnd(FieldCounts statics, long start) {
		return VmParameters.align(referencesFirst(statics, start), this.vm.wordBytes());
	}

	long referencesFirst(FieldCounts fields, long start) {
		return primitives(fields, start + (long) fields.references() * this.vm.referenceBytes());
	}

	static long primitives(FieldCounts fields, long start) {
		long longsStart = (fields.eightBytes() > 0) ? VmParameters.align(start, 8) : start;
		return longsStart + fields.eightBytes() * 8L + fields.fourBytes() * 4L + fields.twoBytes() * 2L
				+ fields.oneByte();
	}

	/**
	 * Returns a class and its super classes.
	 * @param shape the class
	 * @return {@code java.lang.Object} first, the class itself last
	 */
	static Iterable<ClassShape> fromTheTop(ClassShape shape) {
		Deque<ClassShape> chain = new ArrayDeque<>();
		for (@Nullable
		ClassShape next = shape; next != null; next = next.parent()) {
			chain.addFirst(next);
		}
		return chain;
	}

	FieldCounts fieldsOf(ClassShape shape) {
		return shape.fields().plus(VmFields.injected(shape.name(), this.vm));
	}

}
