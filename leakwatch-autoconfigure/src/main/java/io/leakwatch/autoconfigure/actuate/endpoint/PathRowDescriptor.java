package io.leakwatch.autoconfigure.actuate.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.heap.diff.PathDelta;
import org.jspecify.annotations.Nullable;

/**
 * One place in the heap where something has piled up between two heap dumps.
 *
 * @param holder who holds it: what a person can look up first, then the nearest field
 * @param path the whole way from the root, its steps joined by {@code →}
 * @param className the class of what piled up
 * @param countBefore how many of that class were there before
 * @param countAfter how many are there after
 * @param countDelta how many more
 * @param shallowBytesBefore bytes of the container itself before
 * @param shallowBytesAfter bytes of the container itself after
 * @param shallowBytesDelta bytes gained by the container itself
 * @param heldBytesBefore bytes of the container and all below it before
 * @param heldBytesAfter bytes of it and all below it after
 * @param heldBytesDelta held bytes gained
 * @param retainedBytesBefore what would have been freed without it before, {@code null}
 * where unknown
 * @param retainedBytesAfter what would be freed without it after
 * @param retainedBytesDelta retained bytes gained
 * @param shareOfGrowth its part of all that grew, {@code null} where nothing did
 * @param growingInEveryInterval whether it grew from each heap dump to the next,
 * {@code null} where there are fewer than three
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PathRowDescriptor(String holder, String path, String className, long countBefore, long countAfter,
		long countDelta, long shallowBytesBefore, long shallowBytesAfter, long shallowBytesDelta, long heldBytesBefore,
		long heldBytesAfter, long heldBytesDelta, @Nullable Long retainedBytesBefore, @Nullable Long retainedBytesAfter,
		@Nullable Long retainedBytesDelta, @Nullable Double shareOfGrowth,
		@Nullable Boolean growingInEveryInterval) implements DiffRowDescriptor {

	static PathRowDescriptor of(PathDelta delta, @Nullable Boolean growing) {
		Long retainedBefore = Known.bytes(delta.retainedBytesBefore());
		Long retainedAfter = Known.bytes(delta.retainedBytesAfter());
		Double share = Double.isFinite(delta.shareOfGrowth()) ? delta.shareOfGrowth() : null;
		return new PathRowDescriptor(delta.holder(), delta.path(), delta.className(), delta.countBefore(),
				delta.countAfter(), delta.countDelta(), delta.shallowBytesBefore(), delta.shallowBytesAfter(),
				delta.shallowBytesDelta(), delta.heldBytesBefore(), delta.heldBytesAfter(), delta.heldBytesDelta(),
				retainedBefore, retainedAfter, Known.delta(retainedBefore, retainedAfter), share, growing);
	}

}
