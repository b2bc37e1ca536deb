package io.leakwatch.core.snapshot;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Turns a heap dump into a profile. One dump at a time.
 */
public interface DumpAnalyser {

	/**
	 * Analyses a heap dump. Blocks until that is done; interrupting the thread stops it.
	 * What it needs besides goes into the folder of the dump, which is private, made for
	 * this one analysis, and removed after it.
	 * @param dump the dump's file, which is left as it is
	 * @param result where the profile is written, in the format of
	 * {@link io.leakwatch.heap.profile.ProfileFile}; must not exist yet
	 * @param listener told of progress, on any thread
	 * @throws DumpAnalysisException if there is no profile, with the reason
	 * @throws InterruptedException if the thread was interrupted
	 */
	void analyse(Path dump, Path result, AnalysisProgress listener) throws DumpAnalysisException, InterruptedException;

	/**
	 * Why a dump could not be analysed now.
	 * @param dumpBytes the size that the dump is predicted to have
	 * @return what is lacking, with the numbers, in a sentence that says what to do, or
	 * {@code null} where nothing is
	 */
	@Nullable String refusal(long dumpBytes);

	/** Hears how far an analysis is. */
	@FunctionalInterface
	interface AnalysisProgress {

		/**
		 * The analysis has come to a point.
		 * @param phase what is being done
		 * @param done how much of the whole is done, from 0 to 1
		 */
		void at(String phase, double done);

	}

}
