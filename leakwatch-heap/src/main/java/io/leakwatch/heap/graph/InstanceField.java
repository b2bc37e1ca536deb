package io.leakwatch.heap.graph;

import java.io.IOException;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.RecordCursor;
import org.jspecify.annotations.Nullable;

/**
 * Where a field of a class stands in the records of its instances, found once for the
 * class and read from each record.
 *
 * @param offset where its value stands in an instance's bytes
 * @param type a number of {@link BasicType}
 * @param bytes how long the value is
 */
public record InstanceField(int offset, int type, int bytes) {

	/**
	 * Finds a field.
	 * @param graph the heap
	 * @param type the class of the instances
	 * @param declaring the class that declares the field: the class itself or one that it
	 * extends
	 * @param name the name of the field
	 * @return the field, {@code null} where the class declares none of that name
	 * @throws IOException where the file cannot be read
	 */
	public static @Nullable InstanceField of(HeapGraph graph, HeapClass type, HeapClass declaring, String name)
			throws IOException {
		HprofFile file = graph.file();
		int at = 0;
		for (HeapClass each = type; each != null; each = each.superclass()) {
			byte[] types = each.record().fieldTypes();
			for (int i = 0; i < types.length; i++) {
				int bytes = BasicType.size(types[i], file.idSize());
				if (each == declaring && name.equals(file.string(each.record().fieldNameIds()[i]))) {
					return new InstanceField(at, types[i], bytes);
				}
				at += bytes;
			}
		}
		return null;
	}

	/**
	 * The value of the field in an instance.
	 * @param record the record of the instance
	 * @return the number or the id of the object; 0 where the record is too short or the
	 * field is neither a reference nor an {@code int} nor a {@code long}
	 * @throws IOException where the file cannot be read
	 */
	public long value(RecordCursor record) throws IOException {
		if (this.offset + this.bytes > record.length()) {
			return 0;
		}
		long place = record.body() + this.offset;
		return switch (this.type) {
			case BasicType.OBJECT -> record.readId(place);
			case BasicType.INT -> record.readInt(place);
			case BasicType.LONG -> record.readLong(place);
			default -> 0;
		};
	}

}
