package io.leakwatch.heap.hprof;

import java.io.IOException;

/**
 * A class as the dump has it.
 *
 * @param offset where the record begins in the file
 * @param id the object that the class is
 * @param superId its superclass, 0 for none
 * @param loaderId its class loader, 0 for the boot loader
 * @param signersId its signers, 0 for none
 * @param protectionDomainId its protection domain, 0 for none
 * @param instanceSize the size of an instance as the dump declares it, which HotSpot
 * counts in the dump's own units
 * @param staticNameIds the names of the static fields, by the ids of strings
 * @param staticTypes the types of the static fields
 * @param staticValues the values of the static fields: ids, or the bits of a primitive
 * value
 * @param fieldNameIds the names of the instance fields that the class itself declares
 * @param fieldTypes their types, in the order in which an instance has them
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record ClassRecord(long offset, long id, long superId, long loaderId, long signersId, long protectionDomainId,
		int instanceSize, long[] staticNameIds, byte[] staticTypes, long[] staticValues, long[] fieldNameIds,
		byte[] fieldTypes) {

	private static final long[] NO_LONGS = {};

	private static final byte[] NO_BYTES = {};

	static ClassRecord read(Window window, long offset, int idSize) throws IOException {
		window.require(offset, 1 + 7 * idSize + 10, "a class");
		long position = offset + 1;
		long id = window.id(position);
		position += idSize + 4;
		long superId = window.id(position);
		long loaderId = window.id(position + idSize);
		long signersId = window.id(position + 2L * idSize);
		long protectionDomainId = window.id(position + 3L * idSize);
		position += 6L * idSize;
		int instanceSize = window.i4(position);
		int constants = window.u2(position + 4);
		position += 6;
		for (int i = 0; i < constants; i++) {
			window.require(position, 3, "a constant");
			position += 3 + BasicType.size(window.u1(position + 2), idSize);
		}
		window.require(position, 2, "the number of static fields");
		int statics = window.u2(position);
		position += 2;
		long[] staticNames = longs(statics);
		byte[] staticTypes = bytes(statics);
		long[] staticValues = longs(statics);
		for (int i = 0; i < statics; i++) {
			window.require(position, idSize + 1, "a static field");
			staticNames[i] = window.id(position);
			staticTypes[i] = (byte) window.u1(position + idSize);
			position += idSize + 1;
			int size = BasicType.size(staticTypes[i], idSize);
			window.require(position, size, "the value of a static field");
			staticValues[i] = value(window, position, size);
			position += size;
		}
		window.require(position, 2, "the number of fields");
		int fields = window.u2(position);
		position += 2;
		long[] fieldNames = longs(fields);
		byte[] fieldTypes = bytes(fields);
		for (int i = 0; i < fields; i++) {
			window.require(position, idSize + 1, "a field");
			fieldNames[i] = window.id(position);
			fieldTypes[i] = (byte) window.u1(position + idSize);
			position += idSize + 1;
		}
		return new ClassRecord(offset, id, superId, loaderId, signersId, protectionDomainId, instanceSize, staticNames,
				staticTypes, staticValues, fieldNames, fieldTypes);
	}

	/** Most classes lack one kind of field or both: a heap may have 100,000 of them. */
	private static long[] longs(int count) {
		return (count > 0) ? new long[count] : NO_LONGS;
	}

	private static byte[] bytes(int count) {
		return (count > 0) ? new byte[count] : NO_BYTES;
	}

	private static long value(Window window, long position, int size) {
		return switch (size) {
			case 1 -> window.u1(position);
			case 2 -> window.u2(position);
			case 4 -> window.u4(position);
			default -> window.i8(position);
		};
	}

}
