package io.leakwatch.heap.graph;

import java.util.Arrays;

/**
 * The placement of fields since JDK 15.
 *
 * <p>
 * Each class places its primitive fields, the largest first, then its references. A field
 * goes into the smallest gap that takes it, in the fields of the super classes too, or
 * else to the end, aligned to its size, which may leave a new gap. Classes with contended
 * fields are surrounded by padding, and neither they nor their subclasses fill gaps.
 * (OpenJDK's {@code fieldLayoutBuilder.cpp}.)
 */
final class GapFillingPacking extends FieldPacking {

	GapFillingPacking(VmParameters vm) {
		super(vm);
	}

	@Override
	long instanceBytes(ClassShape shape) {
		Places places = new Places(this.vm.headerBytes());
		for (ClassShape next : fromTheTop(shape)) {
			places.enterClass();
			FieldCounts fields = fieldsOf(next);
			Contention contention = VmFields.contention(next.name(), this.vm.release());
			if (contention.wholeClass()) {
				places.pad();
			}
			addAll(places, fields.minus(contention.group()));
			if (!contention.group().isEmpty()) {
				places.pad();
				addAll(places, contention.group());
			}
			if (!contention.isNone()) {
				places.pad();
			}
		}
		return this.vm.objectBytes(places.end);
	}

	private void addAll(Places places, FieldCounts fields) {
		addPrimitives(places, fields);
		places.add(fields.references(), this.vm.referenceBytes());
	}

	private static void addPrimitives(Places places, FieldCounts fields) {
		places.add(fields.eightBytes(), 8);
		places.add(fields.fourBytes(), 4);
		places.add(fields.twoBytes(), 2);
		places.add(fields.oneByte(), 1);
	}

	/**
	 * The taken and the empty places of one object.
	 */
	private static final class Places {

		private long end;

		private long lastFieldEnd;

		/** Starts and ends of the gaps below {@link #end}, by address. */
		private long[] gaps = new long[16];

		private int gapLimit;

		private boolean padded;

		Places(long start) {
			this.end = start;
			this.lastFieldEnd = start;
		}

		/** Padding at the end of a super class counts anew in each subclass. */
		void enterClass() {
			this.end = this.lastFieldEnd;
			if (this.padded) {
				this.end += CONTENDED_PADDING_BYTES;
			}
		}

		void pad() {
			this.padded = true;
			this.gapLimit = 0;
			this.end += CONTENDED_PADDING_BYTES;
		}

		void add(int count, int bytes) {
			for (int field = 0; field < count; field++) {
				int gap = bestGap(bytes);
				if (gap < 0) {
					append(bytes);
				}
				else {
					fill(gap, bytes);
				}
			}
		}

		private int bestGap(int bytes) {
			int best = -1;
			for (int gap = this.gapLimit - 2; gap >= 0; gap -= 2) {
				long room = this.gaps[gap + 1] - VmParameters.align(this.gaps[gap], bytes);
				if (room >= bytes && (best < 0 || length(gap) < length(best))) {
					best = gap;
				}
			}
			return best;
		}

		private long length(int gap) {
			return this.gaps[gap + 1] - this.gaps[gap];
		}

		private void fill(int gap, int bytes) {
			long from = this.gaps[gap];
			long to = this.gaps[gap + 1];
			long field = VmParameters.align(from, bytes);
			System.arraycopy(this.gaps, gap + 2, this.gaps, gap, this.gapLimit - gap - 2);
			this.gapLimit -= 2;
			insertGap(gap, field + bytes, to);
			insertGap(gap, from, field);
		}

		private void append(int bytes) {
			long field = VmParameters.align(this.end, bytes);
			if (!this.padded) {
				insertGap(this.gapLimit, this.end, field);
			}
			this.end = field + bytes;
			this.lastFieldEnd = this.end;
		}

		private void insertGap(int at, long from, long to) {
			if (from == to) {
				return;
			}
			if (this.gapLimit + 2 > this.gaps.length) {
				this.gaps = Arrays.copyOf(this.gaps, this.gaps.length * 2);
			}
			System.arraycopy(this.gaps, at, this.gaps, at + 2, this.gapLimit - at);
			this.gaps[at] = from;
			this.gaps[at + 1] = to;
			this.gapLimit += 2;
		}

	}

}
