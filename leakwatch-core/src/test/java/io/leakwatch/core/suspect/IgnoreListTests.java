package io.leakwatch.core.suspect;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IgnoreList}.
 */
class IgnoreListTests {

	@ParameterizedTest
	@CsvSource({ "com.acme.Order, true", "com.acme.*, true", "*Order, true", "*, true", "' com.acme.Order ', true",
			"com*Order, true", "com.acme, false", "Order, false", "com.acme.Ord, false", "comxacme.Order, false",
			"com.acme.Order?, false", "'', false", "com.acme.(Order), false" })
	void coversShouldCompareWithTheWholeClassName(String pattern, boolean covered) {
		Finding finding = Findings.of(SuspectKind.HEAP, Severity.WATCH, "com.acme.Order", null);
		assertThat(new IgnoreList(List.of("x.Y", pattern)).covers(finding)).isEqualTo(covered);
	}

	@ParameterizedTest
	@CsvSource({ "thread group 'http-#*', true", "*http*, true", "[ab]+, false", "\\E.*\\Q, false" })
	void coversShouldCompareWithTheWholeHolder(String pattern, boolean covered) {
		Finding finding = Findings.of(SuspectKind.THREAD, Severity.WATCH, null, "thread group 'http-#-exec-#'");
		assertThat(new IgnoreList(List.of(pattern)).covers(finding)).isEqualTo(covered);
	}

	@Test
	void coversWhenThePatternIsAKindShouldBeTrue() {
		assertThat(new IgnoreList(List.of("FILE_DESCRIPTOR"))
			.covers(Findings.of(SuspectKind.FILE_DESCRIPTOR, Severity.WATCH, null, null))).isTrue();
	}

	@Test
	void coversWhenThereIsNoNameOrNoPatternShouldBeFalse() {
		assertThat(new IgnoreList(List.of("a.*")).covers(Findings.of(SuspectKind.HEAP, Severity.WATCH, null, null)))
			.isFalse();
		assertThat(new IgnoreList(List.of()).covers(Findings.of(SuspectKind.HEAP, Severity.WATCH, "a.B", "c")))
			.isFalse();
	}

}
