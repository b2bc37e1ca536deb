package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.heap.diff.BeanDelta;
import io.leakwatch.heap.diff.PathDelta;
import org.jspecify.annotations.Nullable;

/**
 * One Spring bean in a comparison of heap dumps.
 *
 * @param name the name of the bean
 * @param className its class, that of the target where it is a proxy
 * @param context the id of its application context, empty where the name alone tells
 * which bean is meant
 * @param scope how the container keeps it: as a singleton, or one for each session or the
 * like
 * @param countBefore how many objects the name stood for before: more than one of scoped
 * beans
 * @param countAfter how many it stands for after
 * @param countDelta objects gained
 * @param heldBytesBefore bytes of what paths from the bean held before, each object
 * counted at one place alone
 * @param heldBytesAfter bytes of what they hold after
 * @param heldBytesDelta held bytes gained
 * @param retainedBytesBefore what would have been freed without the bean before,
 * {@code null} where unknown
 * @param retainedBytesAfter what would be freed without it after
 * @param retainedBytesDelta retained bytes gained
 * @param sharedBytesBefore bytes that the bean led to and others too before, {@code null}
 * where unknown
 * @param sharedBytesAfter bytes that it leads to and others too after
 * @param sharedBytesDelta shared bytes gained
 * @param shareOfGrowth its part of all that grew, {@code null} where nothing did
 * @param growingInEveryInterval whether it grew from each heap dump to the next,
 * {@code null} where there are fewer than three
 * @param holder the place inside it that grew most, {@code null} where none is large
 * enough to be told
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BeanRowDescriptor(String name, String className, String context, String scope, long countBefore,
		long countAfter, long countDelta, long heldBytesBefore, long heldBytesAfter, long heldBytesDelta,
		@Nullable Long retainedBytesBefore, @Nullable Long retainedBytesAfter, @Nullable Long retainedBytesDelta,
		@Nullable Long sharedBytesBefore, @Nullable Long sharedBytesAfter, @Nullable Long sharedBytesDelta,
		@Nullable Double shareOfGrowth, @Nullable Boolean growingInEveryInterval,
		@Nullable String holder) implements DiffRowDescriptor {

	static BeanRowDescriptor of(BeanDelta delta, @Nullable Boolean growing) {
		Long retainedBefore = Known.bytes(delta.before().retainedBytes());
		Long retainedAfter = Known.bytes(delta.after().retainedBytes());
		Long sharedBefore = Known.bytes(delta.before().sharedBytes());
		Long sharedAfter = Known.bytes(delta.after().sharedBytes());
		PathDelta grown = delta.grown();
		return new BeanRowDescriptor(delta.name(), delta.className(), delta.after().context(),
				delta.after().scope().name().toLowerCase(Locale.ROOT), delta.before().count(), delta.after().count(),
				delta.countDelta(), delta.before().heldBytes(), delta.after().heldBytes(), delta.heldBytesDelta(),
				retainedBefore, retainedAfter, Known.delta(retainedBefore, retainedAfter), sharedBefore, sharedAfter,
				Known.delta(sharedBefore, sharedAfter), delta.shareOfGrowth(), growing,
				(grown != null) ? grown.holder() : null);
	}

}
