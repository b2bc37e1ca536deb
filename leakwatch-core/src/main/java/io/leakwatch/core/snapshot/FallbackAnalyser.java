package io.leakwatch.core.snapshot;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a second analyser do what a first one cannot.
 */
public final class FallbackAnalyser implements DumpAnalyser {

	private static final Logger logger = LoggerFactory.getLogger(FallbackAnalyser.class);

	private final DumpAnalyser first;

	private final DumpAnalyser second;

	/**
	 * Two analysers as one.
	 * @param first is asked first
	 * @param second is asked where the first one failed or refuses
	 */
	public FallbackAnalyser(DumpAnalyser first, DumpAnalyser second) {
		this.first = first;
		this.second = second;
	}

	@Override
	public @Nullable String refusal(long dumpBytes) {
		String refusal = this.first.refusal(dumpBytes);
		return (refusal != null && this.second.refusal(dumpBytes) != null) ? refusal : null;
	}

	@Override
	public void analyse(Path dump, Path result, AnalysisProgress listener)
			throws DumpAnalysisException, InterruptedException {
		try {
			this.first.analyse(dump, result, listener);
		}
		catch (DumpAnalysisException ex) {
			String refusal = this.second.refusal(dump.toFile().length());
			if (refusal != null) {
				throw new DumpAnalysisException(ex.getMessage() + " " + refusal, ex);
			}
			logger.info("The analysis of a heap dump is tried another way: {}", ex.getMessage());
			try {
				this.second.analyse(dump, result, listener);
			}
			catch (DumpAnalysisException again) {
				again.addSuppressed(ex);
				throw new DumpAnalysisException(ex.getMessage() + " " + again.getMessage(), again);
			}
		}
	}

}
