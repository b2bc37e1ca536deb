package io.leakwatch.example.leak.threadlocal;

/**
 * A printed receipt: about 1 KB.
 *
 * @param orderId the order it is for
 * @param text what is printed on it
 */
record Receipt(long orderId, String text) {
}
