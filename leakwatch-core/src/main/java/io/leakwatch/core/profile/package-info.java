/**
 * Recordings of the JDK's Flight Recorder, made under suspicion alone: where what
 * survives was allocated, and who holds it.
 */
@NullMarked
package io.leakwatch.core.profile;

import org.jspecify.annotations.NullMarked;
