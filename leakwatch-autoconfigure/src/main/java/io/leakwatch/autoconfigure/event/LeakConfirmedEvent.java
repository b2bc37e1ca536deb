package io.leakwatch.autoconfigure.event;

import io.leakwatch.core.suspect.Suspect;

/**
 * Published when a leak is confirmed. Listeners are called on the monitor's thread: one
 * that takes long delays the watch, though never a request.
 *
 * @param suspect the leak
 */
public record LeakConfirmedEvent(Suspect suspect) {
}
