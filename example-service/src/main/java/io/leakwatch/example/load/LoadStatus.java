package io.leakwatch.example.load;

/**
 * What the load generator does and has done.
 *
 * @param rate requests per second that it aims at, 0 when it is stopped
 * @param requests how many it has sent since the service started
 * @param failures how many of them failed
 */
record LoadStatus(int rate, long requests, long failures) {
}
