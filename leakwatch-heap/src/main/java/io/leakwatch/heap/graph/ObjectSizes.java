package io.leakwatch.heap.graph;

import java.io.IOException;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.RecordCursor;
import org.jspecify.annotations.Nullable;

/**
 * The size of each object of a dump, by its record and the layout of objects. May be used
 * by several threads.
 */
final class ObjectSizes {

	private final ObjectLayout layout;

	private final ClassTable classes;

	private final @Nullable HeapClass stackChunk;

	/** Where a stack chunk tells how many words of stack it holds, -1 for nowhere. */
	private final int stackWordsOffset;

	ObjectSizes(ObjectLayout layout, ClassTable classes, HprofFile file) throws IOException {
		this.layout = layout;
		this.classes = classes;
		HeapClass found = null;
		for (HeapClass each : classes.all()) {
			if (each.name().equals(VmFields.STACK_CHUNK)) {
				found = each;
			}
		}
		this.stackChunk = found;
		this.stackWordsOffset = (found != null) ? found.offsetOf("size", file) : -1;
	}

	/**
	 * Returns the size of an object.
	 * @param type its class
	 * @param record its record
	 * @return its shallow size in bytes
	 * @throws IOException where the record cannot be read
	 */
	long shallowBytes(HeapClass type, RecordCursor record) throws IOException {
		return switch (record.tag()) {
			case RecordCursor.OBJECT_ARRAY -> this.layout.arrayBytes(BasicType.OBJECT, record.length());
			case RecordCursor.PRIMITIVE_ARRAY, RecordCursor.PRIMITIVE_ARRAY_WITHOUT_DATA ->
				this.layout.arrayBytes(record.elementType(), record.length());
			case RecordCursor.CLASS -> {
				HeapClass mirrored = this.classes.find(record.id());
				yield (mirrored != null) ? this.layout.classMirrorBytes(type.shape(), mirrored.shape())
						: type.instanceBytes();
			}
			default -> (type == this.stackChunk && this.stackWordsOffset >= 0)
					? this.layout.stackChunkBytes(type.shape(), record.readInt(record.body() + this.stackWordsOffset))
					: type.instanceBytes();
		};
	}

}
