package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.leakwatch.core.profile.SampleType;
import io.leakwatch.core.profile.StackLine;
import io.leakwatch.core.profile.StackProfile;
import io.leakwatch.core.profile.StackSample;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlameGraph} and {@link ProfileTop}.
 */
class FlameGraphTests {

	private static final StackProfile PROFILE = profile(sample(3_000, "com.acme.Shop.place", "com.acme.Main.main"),
			sample(1_000, "<script>alert('&')</script>", "com.acme.Main.main"));

	@Test
	void ofShouldDrawFunctionsAsWideAsWhatTheyHave() {
		String page = FlameGraph.of(PROFILE);
		assertThat(page).contains(
				"<title>com.acme.Main.main: 3.9 KB, 100.0 %</title><rect x=\"0.0\" y=\"18\" width=\"1400.0\"",
				"<title>com.acme.Shop.place: 2.9 KB, 75.0 %</title><rect x=\"0.0\" y=\"36\" width=\"1050.0\"");
	}

	@Test
	void ofWhenNamesAreHostileShouldEscapeThem() {
		assertThat(FlameGraph.of(PROFILE)).contains("&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;")
			.doesNotContain("<script>");
	}

	@Test
	void ofWhenThereAreNoSamplesShouldSaySo() {
		assertThat(FlameGraph.of(profile())).contains("There are no samples.");
	}

	@Test
	void topShouldListFlatAndCumulative() {
		assertThat(ProfileTop.of(PROFILE, false)).startsWith("Type: inuse_space\nTold by a test.\nTotal: 3.9 KB\n")
			.containsPattern("2\\.9 KB +75\\.0% +2\\.9 KB +75\\.0% +com\\.acme\\.Shop\\.place\n");
		assertThat(ProfileTop.of(PROFILE, true).lines().skip(4).findFirst()).get()
			.asString()
			.endsWith("com.acme.Main.main");
	}

	@Test
	void topWhenAFunctionCallsItselfShouldCountItOnce() {
		assertThat(ProfileTop.of(profile(sample(100, "a.B.c", "a.B.c")), false))
			.containsPattern("100 B +100\\.0% +100 B +100\\.0% +a\\.B\\.c");
	}

	private static StackProfile profile(StackSample... samples) {
		return new StackProfile(List.of(new SampleType("inuse_space", "bytes")), List.of(samples),
				List.of("Told by a test."), Instant.EPOCH, Duration.ZERO);
	}

	private static StackSample sample(long bytes, String... functions) {
		return new StackSample(List.of(functions).stream().map((name) -> new StackLine(name, "", 1)).toList(), Map.of(),
				List.of(bytes));
	}

}
