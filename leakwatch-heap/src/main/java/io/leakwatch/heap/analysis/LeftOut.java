package io.leakwatch.heap.analysis;

/**
 * A reference that a walk has left out for later.
 *
 * @param object what it leads to
 * @param node the node of what refers
 * @param field how it refers
 */
record LeftOut(int object, int node, int field) {
}
