package io.leakwatch.autoconfigure.actuate.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.heap.diff.LoaderDelta;
import org.jspecify.annotations.Nullable;

/**
 * The class loaders of one name and class in a comparison of heap dumps.
 *
 * @param name the name the loaders were given, or that of their class
 * @param className the class of the loaders
 * @param heldBy what keeps one of them alive, {@code null} where unknown
 * @param countBefore how many such loaders there were
 * @param countAfter how many there are after
 * @param countDelta loaders gained
 * @param classCountBefore classes they had defined before
 * @param classCountAfter classes they have defined after
 * @param classCountDelta classes gained
 * @param shallowBytesBefore bytes of the instances of those classes before
 * @param shallowBytesAfter bytes of the instances after
 * @param shallowBytesDelta bytes gained
 * @param retainedBytesBefore what would have been freed without the loaders before,
 * {@code null} where unknown
 * @param retainedBytesAfter what would be freed without them after
 * @param retainedBytesDelta retained bytes gained
 * @param shareOfGrowth the part of all that grew that they brought or retain
 * @param growingInEveryInterval whether they or their classes became more from each heap
 * dump to the next, {@code null} where there are fewer than three
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LoaderRowDescriptor(String name, String className, @Nullable String heldBy, long countBefore,
		long countAfter, long countDelta, long classCountBefore, long classCountAfter, long classCountDelta,
		long shallowBytesBefore, long shallowBytesAfter, long shallowBytesDelta, @Nullable Long retainedBytesBefore,
		@Nullable Long retainedBytesAfter, @Nullable Long retainedBytesDelta, @Nullable Double shareOfGrowth,
		@Nullable Boolean growingInEveryInterval) implements DiffRowDescriptor {

	static LoaderRowDescriptor of(LoaderDelta delta, @Nullable Boolean growing) {
		Long retainedBefore = Known.bytes(delta.before().retainedBytes());
		Long retainedAfter = Known.bytes(delta.after().retainedBytes());
		String heldBy = delta.after().heldBy();
		return new LoaderRowDescriptor(delta.name(), delta.className(), heldBy.isEmpty() ? null : heldBy,
				delta.before().count(), delta.after().count(), delta.countDelta(), delta.before().classCount(),
				delta.after().classCount(), delta.classCountDelta(), delta.before().shallowBytes(),
				delta.after().shallowBytes(), delta.shallowBytesDelta(), retainedBefore, retainedAfter,
				Known.delta(retainedBefore, retainedAfter), delta.shareOfGrowth(), growing);
	}

}
