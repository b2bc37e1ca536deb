package io.leakwatch.core.monitor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Budget}.
 */
class BudgetTests {

	private final AtomicLong nanoTime = new AtomicLong(-5_000_000_000L);

	/** A bucket of 600 ms: the share of a minute. */
	private final Budget budget = new Budget(0.01, Duration.ofMillis(100), this.nanoTime::get);

	@Test
	void affordsWhenFullShouldPayForItsCapacityAndNoMore() {
		assertThat(this.budget.affords(Duration.ofMillis(600))).isTrue();
		assertThat(this.budget.affords(Duration.ofMillis(601))).isFalse();
	}

	@Test
	void affordsWhenTheLargestProbeIsDearerThanAMinutesShareShouldPayForIt() {
		Budget small = new Budget(0.001, Duration.ofMillis(200), this.nanoTime::get);
		assertThat(small.affords(Duration.ofMillis(200))).isTrue();
		small.spend(Duration.ofMillis(200));
		assertThat(small.affords(Duration.ofMillis(200))).isFalse();
		advance(Duration.ofSeconds(199));
		assertThat(small.affords(Duration.ofMillis(200))).isFalse();
		advance(Duration.ofSeconds(2));
		assertThat(small.affords(Duration.ofMillis(200))).isTrue();
	}

	@Test
	void spendWhenDearerThanHalfTheBucketShouldLeaveHalfOfWhatComesInForTheRest() {
		this.budget.spend(Duration.ofMillis(800));
		advance(Duration.ofMillis(100));
		assertThat(this.budget.affords(Duration.ZERO)).isTrue();
		assertThat(this.budget.affords(Duration.ofNanos(1))).isFalse();
		advance(Duration.ofSeconds(38));
		assertThat(this.budget.affords(Duration.ofMillis(1))).isFalse();
		advance(Duration.ofSeconds(2));
		assertThat(this.budget.affords(Duration.ofMillis(200))).isTrue();
		assertThat(this.budget.affords(Duration.ofMillis(203))).isFalse();
	}

	@Test
	void affordsLoanShouldWaitForTheFullBucketAtMost() {
		assertThat(this.budget.affordsLoan(Duration.ofSeconds(5))).isTrue();
		this.budget.spend(Duration.ofMillis(10));
		assertThat(this.budget.affordsLoan(Duration.ofSeconds(5))).isFalse();
		assertThat(this.budget.affordsLoan(Duration.ofMillis(590))).isTrue();
	}

	@Test
	void affordsBesidesShouldLeaveHalfTheBucket() {
		assertThat(this.budget.affordsBesides(Duration.ofMillis(300))).isTrue();
		this.budget.spend(Duration.ofMillis(200));
		assertThat(this.budget.affordsBesides(Duration.ofMillis(101))).isFalse();
		assertThat(this.budget.affordsBesides(Duration.ofMillis(100))).isTrue();
		advance(Duration.ofSeconds(20));
		assertThat(this.budget.affordsBesides(Duration.ofSeconds(5))).isTrue();
	}

	@Test
	void spendWhenDearerThanWhatIsLeftShouldGoIntoDebtUntilItIsPaid() {
		for (int i = 0; i < 7; i++) {
			this.budget.spend(Duration.ofMillis(100));
		}
		assertThat(this.budget.affords(Duration.ZERO)).isFalse();
		advance(Duration.ofSeconds(9));
		assertThat(this.budget.affords(Duration.ZERO)).isFalse();
		advance(Duration.ofSeconds(2));
		assertThat(this.budget.affords(Duration.ZERO)).isTrue();
		assertThat(this.budget.affords(Duration.ofMillis(20))).isFalse();
	}

	@Test
	void affordsWhenNothingIsSpentForLongShouldNotSaveMoreThanTheCapacity() {
		advance(Duration.ofDays(300));
		assertThat(this.budget.affords(Duration.ofMillis(601))).isFalse();
		this.budget.spend(Duration.ofMillis(600));
		assertThat(this.budget.affords(Duration.ofMillis(1))).isFalse();
	}

	@Test
	void spentShareShouldBeOfTheTimeSinceTheStart() {
		assertThat(this.budget.share()).isEqualTo(0.01);
		assertThat(this.budget.spentShare()).isZero();
		this.budget.spend(Duration.ofMillis(50));
		advance(Duration.ofSeconds(10));
		assertThat(this.budget.spentShare()).isCloseTo(0.005, within(1e-9));
	}

	private void advance(Duration by) {
		this.nanoTime.addAndGet(by.toNanos());
	}

}
