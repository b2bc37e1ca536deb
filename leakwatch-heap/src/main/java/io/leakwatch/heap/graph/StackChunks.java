package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.List;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.HprofFile;
import org.jspecify.annotations.Nullable;

/**
 * The class whose objects hold frames of a stack beside their fields.
 *
 * @param classId its id
 * @param wordsOffset where an instance tells how many words of stack it holds
 */
record StackChunks(long classId, int wordsOffset) {

	/** Looks among classes; {@code null} for a dump without such a class. */
	static @Nullable StackChunks find(List<ClassRecord> classes, HprofFile file) throws IOException {
		StackChunks found = null;
		for (ClassRecord each : classes) {
			if (VmFields.STACK_CHUNK.equals(file.className(each.id()))) {
				int offset = wordsOffset(each, file);
				found = (offset >= 0) ? new StackChunks(each.id(), offset) : found;
			}
		}
		return found;
	}

	/** The class's own fields come first in an instance. */
	private static int wordsOffset(ClassRecord record, HprofFile file) throws IOException {
		int at = 0;
		for (int i = 0; i < record.fieldTypes().length; i++) {
			if ("size".equals(file.string(record.fieldNameIds()[i]))) {
				return at;
			}
			at += BasicType.size(record.fieldTypes()[i], file.idSize());
		}
		return -1;
	}

}
