package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.function.IntUnaryOperator;

import io.leakwatch.core.signal.FinalizerBacklog;
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

	@Test
	void findWhenItIsKnownWhatWaitsShouldNameIt() {
		assertThat(this.queue.isWorthALook()).isFalse();
		look(40, (tick) -> 5_000 * (tick / 10));
		assertThat(this.queue.isWorthALook()).isTrue();
		this.queue.add(new FinalizerBacklog("com.acme.Handle", 14_000, null, null));
		assertThat(this.queue.find(this.now)).extracting(Finding::className).containsExactly("com.acme.Handle");
		this.queue.add(new FinalizerBacklog("com.acme.Handle", 14_000, "com.acme.Slow",
				"com.acme.Slow.finalize(Slow.java:12)"));
		assertThat(this.queue.find(this.now)).singleElement().satisfies((finding) -> {
			assertThat(finding.className()).isEqualTo("com.acme.Slow");
			assertThat(finding.evidence()).extracting(Evidence::detail)
				.contains("14,000 of those that wait are com.acme.Handle",
						"It is in the finalizer at com.acme.Slow.finalize(Slow.java:12)");
		});
	}

	private void look(int ticks, IntUnaryOperator pending) {
		for (int i = 0; i < ticks; i++) {
			this.now = this.now.plusSeconds(1);
			this.queue.add(this.now, pending.applyAsInt(i));
		}
	}

}
