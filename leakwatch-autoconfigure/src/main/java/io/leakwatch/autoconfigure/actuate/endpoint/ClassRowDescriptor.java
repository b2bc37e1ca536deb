package io.leakwatch.autoconfigure.actuate.endpoint;

import io.leakwatch.heap.diff.ClassDelta;

/**
 * One class in a comparison.
 *
 * @param name the class
 * @param countBefore instances before
 * @param countAfter instances after
 * @param countDelta instances gained
 * @param shallowBytesBefore bytes of the instances before
 * @param shallowBytesAfter bytes of the instances after
 * @param shallowBytesDelta bytes gained
 */
public record ClassRowDescriptor(String name, long countBefore, long countAfter, long countDelta,
		long shallowBytesBefore, long shallowBytesAfter, long shallowBytesDelta) {

	static ClassRowDescriptor of(ClassDelta delta) {
		return new ClassRowDescriptor(delta.className(), delta.countBefore(), delta.countAfter(), delta.countDelta(),
				delta.shallowBytesBefore(), delta.shallowBytesAfter(), delta.shallowBytesDelta());
	}

}
