package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;

import io.leakwatch.core.signal.JvmSignals;
import io.leakwatch.heap.analysis.HeapAnalysis;
import io.leakwatch.heap.analysis.HeapOptions;
import io.leakwatch.heap.analysis.WholeProgress;
import io.leakwatch.heap.profile.ProfileFile;
import org.jspecify.annotations.Nullable;

/**
 * Analyses heap dumps in the service's own JVM, on the calling thread, for where a second
 * one cannot be started. The large tables are in a file; what is on the Java heap besides
 * is the service's to spare. Safe for several threads.
 */
public final class InProcessAnalyser implements DumpAnalyser {

	private static final long TABLE_BYTES = 8 << 20;

	private final Duration timeLimit;

	/**
	 * An analyser in this JVM.
	 * @param timeLimit how long an analysis may take
	 */
	public InProcessAnalyser(Duration timeLimit) {
		this.timeLimit = timeLimit;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Garbage counts as taken: what the next collection frees is not known.
	 */
	@Override
	public @Nullable String refusal(long dumpBytes) {
		JvmSignals signals = new JvmSignals();
		Long maximum = signals.heap().maxBytes();
		return (maximum != null)
				? refusal(signals.classes().loadedClasses(), maximum - signals.heap().usedBytes(), maximum) : null;
	}

	static @Nullable String refusal(int classes, long freeBytes, long maximumBytes) {
		long needed = AnalyserMemory.least(classes).heapBytes();
		return (freeBytes >= needed) ? null
				: "The analysis of a heap dump in process needs %s of the service's own heap, of which %s of %s are free. Raise -Xmx, or have the analysis in a second JVM (leakwatch.snapshots.analysis)."
					.formatted(AnalyserMemory.words(needed), AnalyserMemory.words(freeBytes),
							AnalyserMemory.words(maximumBytes));
	}

	@Override
	public void analyse(Path dump, Path result, AnalysisProgress listener)
			throws DumpAnalysisException, InterruptedException {
		Path folder = Objects.requireNonNull(dump.toAbsolutePath().getParent(), "The dump has a folder");
		long start = System.nanoTime();
		HeapOptions options = new HeapOptions(TABLE_BYTES, folder, 1, () -> isLate(start),
				new WholeProgress(listener::at), -1, false);
		boolean done = false;
		try (HeapAnalysis analysis = HeapAnalysis.open(dump, options)) {
			if (!analysis.summary().damage().isEmpty()) {
				throw new DumpAnalysisException("The heap dump is damaged, so that it cannot be compared: "
						+ String.join("; ", analysis.summary().damage()) + ". Take another one.");
			}
			ProfileFile.write(analysis.profile(String.valueOf(dump.getFileName())), result);
			done = true;
		}
		catch (CancellationException ex) {
			if (isLate(start)) {
				throw new DumpAnalysisException(AnalyserProcess.late(this.timeLimit), ex);
			}
			Thread.interrupted();
			throw (InterruptedException) new InterruptedException("The analysis was interrupted").initCause(ex);
		}
		catch (IOException | RuntimeException | OutOfMemoryError ex) {
			if (Thread.interrupted()) {
				throw (InterruptedException) new InterruptedException("The analysis was interrupted").initCause(ex);
			}
			throw new DumpAnalysisException("The heap dump could not be analysed in process: " + ex.getMessage()
					+ ". Free disk or memory if that is lacking, and take another one.", ex);
		}
		finally {
			if (!done) {
				AnalyserProcess.delete(result);
			}
		}
	}

	private boolean isLate(long start) {
		return System.nanoTime() - start > this.timeLimit.toNanos();
	}

}
