package io.leakwatch.core.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AgeTests {

	private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

	private final Age age = new Age(BEGIN, BEGIN);

	@Test
	void keptForWhenEachThirdHasSamplesShouldReachToTheYoungest() {
		assertThat(this.age.keptFor(samples(3, 3, 3))).isEqualTo(Duration.ofSeconds(90));
	}

	@Test
	void keptForWhenTheQueueHasGivenUpOldSamplesShouldStillTell() {
		assertThat(this.age.keptFor(samples(33, 49, 110))).isNotNull();
		assertThat(this.age.keptFor(samples(37, 92, 81))).isNotNull();
	}

	@Test
	void keptForWhenHardlyAnyIsOldShouldBeUnknown() {
		assertThat(this.age.keptFor(samples(20, 49, 120))).isNull();
		assertThat(this.age.keptFor(samples(1, 4, 4))).isNull();
		assertThat(this.age.keptFor(samples(0, 40, 40))).isNull();
	}

	@Test
	void keptForWhenThereAreFewSamplesShouldBeUnknown() {
		assertThat(this.age.keptFor(samples(2, 3, 3))).isNull();
		assertThat(this.age.keptFor(List.of())).isNull();
	}

	@Test
	void keptForShouldNotCountWhatWasThereBeforeTheGrowth() {
		Age since = new Age(BEGIN.plusSeconds(30), BEGIN);
		assertThat(since.keptFor(samples(50, 0, 9))).isNull();
	}

	/** Samples of the three thirds of 90 seconds, the last of which is the youngest. */
	private static List<OldSample> samples(int... thirds) {
		List<OldSample> samples = new ArrayList<>();
		for (int third = 0; third < thirds.length; third++) {
			for (int i = 1; i <= thirds[third]; i++) {
				long millis = 30_000L * third + 30_000L * i / thirds[third];
				// Within its third.
				samples.add(sample(BEGIN.plusMillis((third < 2) ? millis - 10 : millis)));
			}
		}
		return samples;
	}

	private static OldSample sample(Instant allocated) {
		return new OldSample("com.acme.Order", allocated, BEGIN.plusSeconds(100), List.of(), null);
	}

}
