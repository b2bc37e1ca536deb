package io.leakwatch.autoconfigure.event;

import io.leakwatch.core.suspect.Suspect;

/**
 * Published when a suspect is new, or has become probable. Listeners are called on the
 * monitor's thread: one that takes long delays the watch, though never a request.
 *
 * @param suspect the suspect
 */
public record LeakSuspectedEvent(Suspect suspect) {
}
