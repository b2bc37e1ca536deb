package io.leakwatch.core.suspect;

import java.time.Instant;

/**
 * What one signal says for a suspicion.
 *
 * @param signal the signal's name, such as {@code class-histogram}
 * @param detail what it saw, in a sentence
 * @param at when it last saw it
 */
public record Evidence(String signal, String detail, Instant at) {
}
