package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.function.IntUnaryOperator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FinalizerQueue}.
 */
class FinalizerQueueTests {

	private final FinalizerQueue queue = new FinalizerQueue();

	private Instant now = Instant.EPOCH;

	@Test
	void findWhenNothingIsFinalizedAnyMoreShouldSaySo() {
		look(40, (tick) -> 5_000 * (tick / 10));
		assertThat(this.queue.find(this.now)).singleElement().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(SuspectKind.FINALIZER);
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.className()).isEqualTo("java.lang.ref.Finalizer");
			assertThat(finding.holder())
				.isEqualTo("static java.lang.ref.Finalizer.queue (java.lang.ref.ReferenceQueue)");
			assertThat(finding.title())
				.isEqualTo("15,000 objects wait for their finalizer, and none was finalized for 29 s");
			assertThat(finding.growthPerMinute()).isPositive();
		});
	}

	@Test
	void findWhenStuckWithoutNewOnesShouldBeAWatch() {
		look(60, (tick) -> 5_000);
		assertThat(this.queue.find(this.now)).extracting(Finding::severity).containsExactly(Severity.WATCH);
	}

	@Test
	void findWhenTheQueueIsWorkedOffShouldFindNothing() {
		look(200, (tick) -> (tick % 7 == 0) ? 3_000 : 2_000 - 200 * (tick % 7));
		assertThat(this.queue.find(this.now)).isEmpty();
		look(200, (tick) -> tick % 40);
		assertThat(this.queue.find(this.now)).isEmpty();
	}

	@Test
	void findWhenMoreComeThanAreFinalizedShouldSeeTheGrowth() {
		look(60, (tick) -> 2_000 * tick - ((tick % 5 == 0) ? 2_500 : 0));
		assertThat(this.queue.find(this.now)).extracting(Finding::severity).containsExactly(Severity.PROBABLE);
		assertThat(this.queue.find(this.now).get(0).title()).contains("more do each minute");
	}

	private void look(int ticks, IntUnaryOperator pending) {
		for (int i = 0; i < ticks; i++) {
			this.now = this.now.plusSeconds(1);
			this.queue.add(this.now, pending.applyAsInt(i));
		}
	}

}
