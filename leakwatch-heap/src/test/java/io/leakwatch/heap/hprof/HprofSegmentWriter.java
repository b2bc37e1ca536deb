package io.leakwatch.heap.hprof;

/**
 * The sub-records of a heap dump or of one segment of it. Nothing is checked: lengths and
 * identifiers are the caller's. All objects tell the empty stack trace 1.
 */
public final class HprofSegmentWriter {

	private static final int TRACE_SERIAL = 1;

	private final HprofByteWriter bytes;

	/**
	 * An empty segment.
	 * @param idSize the bytes of an identifier
	 */
	public HprofSegmentWriter(int idSize) {
		this.bytes = new HprofByteWriter(idSize);
	}

	/**
	 * The bytes of this segment, to look at or to add raw ones.
	 * @return the bytes themselves
	 */
	public HprofByteWriter bytes() {
		return this.bytes;
	}

	/**
	 * Adds a root.
	 * @param root the kind
	 * @param id the object
	 * @param threadSerial the thread, where the kind has one
	 * @param frame the depth of the frame (-1: none), or the trace of a thread object,
	 * where the kind has one
	 * @return this segment
	 */
	public HprofSegmentWriter root(SyntheticRoot root, long id, int threadSerial, int frame) {
		this.bytes.u1(root.tag()).id(id);
		switch (root.detail()) {
			case NONE -> {
			}
			case REFERENCE_ID -> this.bytes.id(id ^ 0x5555);
			case THREAD -> this.bytes.u4(threadSerial);
			case THREAD_AND_FRAME -> this.bytes.u4(threadSerial).u4(frame);
		}
		return this;
	}

	/**
	 * Adds a CLASS_DUMP.
	 * @param id the class object
	 * @param superId its super class
	 * @param loaderId its loader
	 * @param instanceSize the bytes of an instance
	 * @param members constant pool, static fields and instance fields, each with their
	 * count
	 * @return this segment
	 */
	public HprofSegmentWriter classDump(long id, long superId, long loaderId, int instanceSize,
			HprofByteWriter members) {
		this.bytes.u1(0x20).id(id).u4(TRACE_SERIAL).id(superId).id(loaderId);
		this.bytes.id(0).id(0).id(0).id(0).u4(instanceSize).bytes(members.toBytes());
		return this;
	}

	/**
	 * Adds an INSTANCE_DUMP.
	 * @param id the object
	 * @param classId its class
	 * @param toldLength the length that is told for the values
	 * @param values the values: those of the class, then those of its super class, and so
	 * on
	 * @return this segment
	 */
	public HprofSegmentWriter instanceDump(long id, long classId, long toldLength, byte[] values) {
		this.bytes.u1(0x21).id(id).u4(TRACE_SERIAL).id(classId).u4(toldLength).bytes(values);
		return this;
	}

	/**
	 * Adds an OBJECT_ARRAY_DUMP.
	 * @param id the array
	 * @param classId the class of the array
	 * @param toldCount the number of elements that is told
	 * @param elementIds the elements
	 * @return this segment
	 */
	public HprofSegmentWriter objectArrayDump(long id, long classId, long toldCount, long... elementIds) {
		this.bytes.u1(0x22).id(id).u4(TRACE_SERIAL).u4(toldCount).id(classId);
		for (long each : elementIds) {
			this.bytes.id(each);
		}
		return this;
	}

	/**
	 * Adds a PRIMITIVE_ARRAY_DUMP.
	 * @param id the array
	 * @param typeCode the code of the elements' type
	 * @param toldCount the number of elements that is told
	 * @param elements the bytes of the elements
	 * @return this segment
	 */
	public HprofSegmentWriter primitiveArrayDump(long id, int typeCode, long toldCount, byte[] elements) {
		this.bytes.u1(0x23).id(id).u4(TRACE_SERIAL).u4(toldCount).u1(typeCode).bytes(elements);
		return this;
	}

	/**
	 * Adds a PRIMITIVE_ARRAY_NODATA_DUMP (Android): an array without its elements.
	 * @param id the array
	 * @param typeCode the code of the elements' type
	 * @param toldCount the number of elements that is told
	 * @return this segment
	 */
	public HprofSegmentWriter primitiveArrayWithoutData(long id, int typeCode, long toldCount) {
		this.bytes.u1(0xc3).id(id).u4(TRACE_SERIAL).u4(toldCount).u1(typeCode);
		return this;
	}

	/**
	 * Adds a HEAP_DUMP_INFO (Android): what follows lies in another heap.
	 * @param heapId the heap's number
	 * @param nameId the string with its name
	 * @return this segment
	 */
	public HprofSegmentWriter heapDumpInfo(int heapId, long nameId) {
		this.bytes.u1(0xfe).u4(heapId).id(nameId);
		return this;
	}

}
