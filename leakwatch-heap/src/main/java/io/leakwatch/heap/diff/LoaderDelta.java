package io.leakwatch.heap.diff;

import io.leakwatch.heap.profile.LoaderUse;

/**
 * The class loaders of one name and class in two profiles.
 *
 * @param before what they had in the first profile, all zero where there were none
 * @param after what they have in the second, all zero where there are none
 * @param shareOfGrowth the part of all that grew that they brought or retain, from 0 to
 * 1; 0 where it is unknown how much grew
 */
public record LoaderDelta(LoaderUse before, LoaderUse after, double shareOfGrowth) {

	static LoaderDelta of(LoaderUse before, LoaderUse after, long allGrowth) {
		LoaderDelta delta = new LoaderDelta(before, after, 0);
		double bytes = Math.max(0, Math.max(delta.shallowBytesDelta(), delta.retainedBytesDelta()));
		return (allGrowth > 0) ? new LoaderDelta(before, after, Math.min(1, bytes / allGrowth)) : delta;
	}

	/**
	 * The name of the loaders.
	 * @return the name
	 */
	public String name() {
		return this.after.name();
	}

	/**
	 * The class of the loaders.
	 * @return the binary name
	 */
	public String className() {
		return this.after.className();
	}

	/**
	 * Loaders gained, negative where some are gone.
	 * @return a count
	 */
	public long countDelta() {
		return this.after.count() - this.before.count();
	}

	/**
	 * Classes gained, negative where some are gone.
	 * @return a count
	 */
	public long classCountDelta() {
		return this.after.classCount() - this.before.classCount();
	}

	/**
	 * Bytes gained by the instances of the loaders' classes.
	 * @return bytes
	 */
	public long shallowBytesDelta() {
		return this.after.shallowBytes() - this.before.shallowBytes();
	}

	/**
	 * Retained bytes gained; 0 where they are unknown in one of the profiles.
	 * @return bytes
	 */
	public long retainedBytesDelta() {
		return KnownBytes.delta(this.before.retainedBytes(), this.after.retainedBytes());
	}

}
