package io.leakwatch.heap.analysis;

/**
 * What is in containers, strings and reference objects.
 *
 * @param collections the containers
 * @param duplicateStrings the strings that are there more than once
 * @param references the reference objects
 */
record Contents(CollectionUses collections, DuplicateStrings duplicateStrings, ReferenceUses references) {
}
