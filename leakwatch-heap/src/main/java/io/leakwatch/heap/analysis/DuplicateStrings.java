package io.leakwatch.heap.analysis;

import java.util.List;

/**
 * The strings of a heap that are there more than once.
 *
 * @param arrayCount the arrays of characters that strings have
 * @param duplicateCount how many of them are copies of another one
 * @param wastedBytes the bytes of the copies and their strings
 * @param atLeast whether there may be more: where a heap has too many different strings
 * to keep count of all, those that were seen least are forgotten from time to time
 * @param texts the texts that waste the most, of some dozens at most
 */
public record DuplicateStrings(long arrayCount, long duplicateCount, long wastedBytes, boolean atLeast,
		List<DuplicateString> texts) {

	/**
	 * Copies the list.
	 * @param arrayCount the arrays of characters that strings have
	 * @param duplicateCount how many of them are copies of another one
	 * @param wastedBytes the bytes of the copies and their strings
	 * @param atLeast whether there may be more
	 * @param texts the texts that waste the most
	 */
	public DuplicateStrings {
		texts = List.copyOf(texts);
	}

}
