package io.leakwatch.core.suspect;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Makes findings for tests.
 */
final class Findings {

	private Findings() {
	}

	static Finding of(SuspectKind kind, Severity severity, @Nullable String className, @Nullable String holder) {
		return of(kind, severity, className, holder, null, 0.99);
	}

	static Finding of(SuspectKind kind, Severity severity, @Nullable String className, @Nullable String holder,
			@Nullable Double bytesPerMinute, double confidence) {
		return new Finding(kind, severity, confidence, "title", className, holder, null, null, bytesPerMinute,
				List.of(), "advice");
	}

}
