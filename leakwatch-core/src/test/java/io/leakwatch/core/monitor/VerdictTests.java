package io.leakwatch.core.monitor;

import java.time.Instant;
import java.util.List;

import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Verdict}.
 */
class VerdictTests {

	@Test
	void ofShouldSumUp() {
		assertThat(Verdict.of(List.of(), false, false)).isEqualTo(Status.UNKNOWN);
		assertThat(Verdict.of(List.of(), false, true)).isEqualTo(Status.STABLE);
		assertThat(Verdict.of(List.of(), true, false)).isEqualTo(Status.GROWING);
		assertThat(Verdict.of(List.of(suspect(Severity.WATCH)), false, true)).isEqualTo(Status.GROWING);
		assertThat(Verdict.of(List.of(suspect(Severity.PROBABLE)), false, true)).isEqualTo(Status.GROWING);
		assertThat(Verdict.of(List.of(suspect(Severity.CONFIRMED), suspect(Severity.WATCH)), false, true))
			.isEqualTo(Status.LEAKING);
		assertThat(Verdict.of(List.of(suspect(Severity.WATCH), suspect(Severity.CONFIRMED)), true, false))
			.isEqualTo(Status.LEAKING);
	}

	private static Suspect suspect(Severity severity) {
		return new Suspect("0123456789ab", Instant.EPOCH, Instant.EPOCH, new Finding(SuspectKind.THREAD, severity, 0.99,
				"title", null, null, null, null, null, List.of(), "advice"));
	}

}
