package io.leakwatch.heap.profile;

/**
 * The threads of one group, which are those with the same name but for the digits.
 *
 * @param group the name with a {@code #} for each run of digits
 * @param count how many threads
 * @param retainedBytes what would be freed if the locals of the threads' frames were
 * gone, −1 where unknown
 */
public record ThreadUse(String group, long count, long retainedBytes) {

	ThreadUse plus(ThreadUse other) {
		return new ThreadUse(this.group, this.count + other.count,
				HeapProfile.sumOfKnown(this.retainedBytes, other.retainedBytes));
	}

}
