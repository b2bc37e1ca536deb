package io.leakwatch.heap.analysis;

/**
 * A text that several strings have, each with an array of characters of its own. The text
 * itself is not kept.
 *
 * @param length the elements of each array: characters, or bytes from Java 9 on, two for
 * each character where one of them is not Latin-1
 * @param count how many arrays have the text
 * @param wastedBytes the bytes of all these arrays and their strings but for one
 * @param holder who holds most of them, in words
 * @param exampleId the id of one of the strings
 */
public record DuplicateString(int length, long count, long wastedBytes, String holder, long exampleId) {
}
