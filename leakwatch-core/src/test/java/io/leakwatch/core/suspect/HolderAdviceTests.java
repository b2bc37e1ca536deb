package io.leakwatch.core.suspect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HolderAdvice}.
 */
class HolderAdviceTests {

	@ParameterizedTest
	@CsvSource({ "listeners, Remove the listener", "sessions, Close each session", "quoteCache, Bound the cache",
			"threadLocals, Call remove() on the thread local", "workQueue, Cancelled or delayed tasks wait here",
			"meterMap, A tag has ever new values", "inbox, Remove each entry when it is done with" })
	void ofShouldFitTheName(String field, String advice) {
		assertThat(HolderAdvice.of(field, "com.acme.Entry")).startsWith(advice);
	}

	@Test
	void ofWhenSeveralNamesTellShouldFollowTheFirst() {
		assertThat(HolderAdvice.of("all", "com.acme.PriceListener", "com.acme.Cache"))
			.startsWith("Remove the listener");
	}

}
