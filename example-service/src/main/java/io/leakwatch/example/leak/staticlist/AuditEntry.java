package io.leakwatch.example.leak.staticlist;

/**
 * A line of an audit log: about 1 KB.
 *
 * @param orderId the order it is about
 * @param text what the auditors want to know
 */
record AuditEntry(long orderId, String text) {
}
