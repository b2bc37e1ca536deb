package io.leakwatch.heap.diff;

import io.leakwatch.heap.profile.BeanUse;
import org.jspecify.annotations.Nullable;

/**
 * A Spring bean in two profiles.
 *
 * @param before what it had in the first profile, nothing where it was not there
 * @param after what it has in the second, nothing where it is gone
 * @param shareOfGrowth its part of all that grew, from 0 to 1
 * @param grown the place inside the bean that grew most, {@code null} where none is large
 * enough to be told
 */
public record BeanDelta(BeanUse before, BeanUse after, double shareOfGrowth, @Nullable PathDelta grown) {

	/**
	 * The bean in words, as paths begin with it.
	 * @return {@code bean 'orders'} or the like
	 */
	public String label() {
		return this.after.label();
	}

	/**
	 * The name of the bean.
	 * @return the name
	 */
	public String name() {
		return this.after.name();
	}

	/**
	 * The class of the bean.
	 * @return the binary name
	 */
	public String className() {
		return this.after.className();
	}

	/**
	 * Objects of the name gained: of a scoped bean those of more sessions.
	 * @return a count, negative where some are gone
	 */
	public long countDelta() {
		return this.after.count() - this.before.count();
	}

	/**
	 * Bytes gained by what paths from the bean hold.
	 * @return bytes, negative where it holds less
	 */
	public long heldBytesDelta() {
		return this.after.heldBytes() - this.before.heldBytes();
	}

	/**
	 * Bytes gained by what the bean holds exclusively.
	 * @return bytes, 0 where they are unknown in one of the profiles
	 */
	public long retainedBytesDelta() {
		return KnownBytes.delta(this.before.retainedBytes(), this.after.retainedBytes());
	}

	/**
	 * Bytes gained by what the bean leads to and others hold too.
	 * @return bytes, 0 where they are unknown in one of the profiles
	 */
	public long sharedBytesDelta() {
		return KnownBytes.delta(this.before.sharedBytes(), this.after.sharedBytes());
	}

}
