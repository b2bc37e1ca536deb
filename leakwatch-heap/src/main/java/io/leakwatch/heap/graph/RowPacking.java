package io.leakwatch.heap.graph;

import java.util.Set;

/**
 * The placement of fields before JDK 15.
 *
 * <p>
 * The fields of a class follow those of its super class in one row: longs, ints, shorts,
 * bytes, references, each row of a class rounded up to the size of a reference. Only the
 * gap before the first long is filled. A few classes that the VM knows by heart have
 * their references first and fill nothing. (JDK 8's and 11's {@code classFileParser.cpp},
 * {@code layout_fields}.)
 */
final class RowPacking extends FieldPacking {

	private static final Set<String> REFERENCES_FIRST = Set.of("java.lang.AssertionStatusDirectives", "java.lang.Class",
			"java.lang.ClassLoader", "java.lang.ref.Reference", "java.lang.ref.SoftReference",
			"java.lang.StackTraceElement", "java.lang.String", "java.lang.Throwable", "java.lang.Boolean",
			"java.lang.Character", "java.lang.Float", "java.lang.Double", "java.lang.Byte", "java.lang.Short",
			"java.lang.Integer", "java.lang.Long");

	RowPacking(VmParameters vm) {
		super(vm);
	}

	@Override
	long instanceBytes(ClassShape shape) {
		long end = this.vm.headerBytes();
		for (ClassShape next : fromTheTop(shape)) {
			long start = VmParameters.align(end, this.vm.referenceBytes());
			end = place(next, start);
		}
		return this.vm.objectBytes(end);
	}

	private long place(ClassShape shape, long start) {
		Contention contention = VmFields.contention(shape.name(), this.vm.release());
		FieldCounts fields = fieldsOf(shape).minus(contention.group());
		long end = start;
		if (contention.wholeClass()) {
			end += CONTENDED_PADDING_BYTES;
		}
		end = REFERENCES_FIRST.contains(shape.name()) ? referencesFirst(fields, end) : longsFirst(fields, end);
		if (!contention.group().isEmpty()) {
			end += CONTENDED_PADDING_BYTES;
			end = primitives(contention.group(), end) + CONTENDED_PADDING_BYTES;
		}
		if (contention.wholeClass()) {
			end += CONTENDED_PADDING_BYTES;
		}
		return end;
	}

	private long longsFirst(FieldCounts fields, long start) {
		long end = start;
		FieldCounts rest = fields;
		if (fields.eightBytes() > 0 && end % 8 != 0) {
			rest = fields.minus(fillers(fields, (int) (8 - end % 8)));
			end = VmParameters.align(end, 8);
		}
		end = primitives(rest, end);
		if (rest.references() > 0) {
			end = VmParameters.align(end, this.vm.referenceBytes())
					+ (long) rest.references() * this.vm.referenceBytes();
		}
		return end;
	}

	/**
	 * Returns the fields that go into the gap before the first long: an int, or else
	 * shorts and bytes as many as fit, or else a reference.
	 */
	private FieldCounts fillers(FieldCounts fields, int gapBytes) {
		int room = gapBytes;
		int ints = (fields.fourBytes() > 0 && room >= 4) ? 1 : 0;
		room -= ints * 4;
		int shorts = Math.min(fields.twoBytes(), room / 2);
		room -= shorts * 2;
		int bytes = Math.min(fields.oneByte(), room);
		room -= bytes;
		int references = (fields.references() > 0 && room >= this.vm.referenceBytes()) ? 1 : 0;
		return new FieldCounts(references, 0, ints, shorts, bytes);
	}

}
