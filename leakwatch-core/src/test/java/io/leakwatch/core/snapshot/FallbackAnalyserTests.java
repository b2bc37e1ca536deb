package io.leakwatch.core.snapshot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FallbackAnalyser}.
 */
class FallbackAnalyserTests {

	private final List<String> calls = new ArrayList<>();

	@Test
	void analyseShouldAskTheSecondWhereTheFirstFailed() throws Exception {
		analyse(analyser("first", null, null), analyser("second", null, null));
		assertThat(this.calls).containsExactly("first");
		analyse(analyser("first", new DumpAnalysisException("No java."), null), analyser("second", null, null));
		assertThat(this.calls).containsExactly("first", "first", "second");
	}

	@Test
	void analyseWhenBothFailShouldTellBothReasons() {
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> analyse(analyser("first", new DumpAnalysisException("No java."), null),
					analyser("second", new DumpAnalysisException("No memory."), null)))
			.withMessage("No java. No memory.");
	}

	@Test
	void analyseWhenTheSecondRefusesShouldNotTryIt() {
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> analyse(analyser("first", new DumpAnalysisException("No java."), null),
					analyser("second", null, "Too full.")))
			.withMessage("No java. Too full.");
		assertThat(this.calls).containsExactly("first");
	}

	@Test
	void analyseWhenInterruptedShouldNotGoOn() {
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(
				() -> analyse(analyser("first", new InterruptedException(), null), analyser("second", null, null)));
		assertThat(this.calls).containsExactly("first");
	}

	@Test
	void refusalShouldBeThatOfTheFirstWhereBothRefuse() {
		DumpAnalyser willing = analyser("willing", null, null);
		DumpAnalyser full = analyser("full", null, "Too full.");
		assertThat(new FallbackAnalyser(full, willing).refusal(1)).isNull();
		assertThat(new FallbackAnalyser(willing, full).refusal(1)).isNull();
		assertThat(new FallbackAnalyser(full, analyser("other", null, "Other.")).refusal(1)).isEqualTo("Too full.");
	}

	private static void analyse(DumpAnalyser first, DumpAnalyser second)
			throws DumpAnalysisException, InterruptedException {
		new FallbackAnalyser(first, second).analyse(Path.of("d1.hprof"), Path.of("d1.lwp"), (phase, done) -> {
		});
	}

	private DumpAnalyser analyser(String name, @Nullable Exception failure, @Nullable String refusal) {
		return new DumpAnalyser() {

			@Override
			public void analyse(Path dump, Path result, AnalysisProgress listener)
					throws DumpAnalysisException, InterruptedException {
				FallbackAnalyserTests.this.calls.add(name);
				if (failure instanceof DumpAnalysisException ex) {
					throw ex;
				}
				if (failure instanceof InterruptedException ex) {
					throw ex;
				}
			}

			@Override
			public @Nullable String refusal(long dumpBytes) {
				return refusal;
			}

		};
	}

}
