package io.leakwatch.autoconfigure.actuate.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.heap.diff.ClassDelta;
import org.jspecify.annotations.Nullable;

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
 * @param retainedBytesBefore what would have been freed without the instances before,
 * {@code null} where unknown, as in a histogram
 * @param retainedBytesAfter what would be freed without them after
 * @param retainedBytesDelta retained bytes gained
 * @param shareOfGrowth its part of the shallow bytes that all growing classes gained,
 * {@code null} where none did
 * @param growingInEveryInterval whether it grew from each heap dump to the next,
 * {@code null} where there are fewer than three
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ClassRowDescriptor(String name, long countBefore, long countAfter, long countDelta,
		long shallowBytesBefore, long shallowBytesAfter, long shallowBytesDelta, @Nullable Long retainedBytesBefore,
		@Nullable Long retainedBytesAfter, @Nullable Long retainedBytesDelta, @Nullable Double shareOfGrowth,
		@Nullable Boolean growingInEveryInterval) implements DiffRowDescriptor {

	/** A class of which histograms alone tell. */
	static ClassRowDescriptor of(ClassDelta delta) {
		return of(delta, null, null, null, null);
	}

	static ClassRowDescriptor of(ClassDelta delta, @Nullable Long retainedBefore, @Nullable Long retainedAfter,
			@Nullable Double shareOfGrowth, @Nullable Boolean growing) {
		return new ClassRowDescriptor(delta.className(), delta.countBefore(), delta.countAfter(), delta.countDelta(),
				delta.shallowBytesBefore(), delta.shallowBytesAfter(), delta.shallowBytesDelta(), retainedBefore,
				retainedAfter, Known.delta(retainedBefore, retainedAfter), shareOfGrowth, growing);
	}

}
