package io.leakwatch.core.profile;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A profile: stacks of code, or of anything else that has names, each with some values.
 * Immutable; takes some 100 bytes a sample besides its stack.
 *
 * @param types what each sample has a value of, at least one; the last is what is meant
 * where nobody asks for another
 * @param samples the samples
 * @param comments what whoever reads it must know, each a sentence
 * @param at the moment that it is of, or at which it begins
 * @param duration how long it took
 */
public record StackProfile(List<SampleType> types, List<StackSample> samples, List<String> comments, Instant at,
		Duration duration) {

	/**
	 * Writes the profile as {@code go tool pprof} and whatever else reads its format
	 * opens it, compressed, and leaves the stream open.
	 * @param out where to
	 * @throws IOException if it cannot be written
	 */
	public void writePprof(OutputStream out) throws IOException {
		PprofProfile profile = new PprofProfile(this.types);
		this.comments.forEach(profile::comment);
		this.samples.forEach(profile::add);
		profile.writeTo(out, this.at, this.duration);
	}

}
