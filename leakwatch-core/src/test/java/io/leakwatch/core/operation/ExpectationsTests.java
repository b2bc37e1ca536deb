package io.leakwatch.core.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.core.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Expectations}. What a collection finds out is real; when it was is
 * told.
 */
class ExpectationsTests {

	private final SettableClock clock = new SettableClock();

	private final Instant start = this.clock.instant();

	private final Expectations expectations = new Expectations(Duration.ofMinutes(1), this.clock);

	@AfterEach
	void remove() {
		this.expectations.remove();
	}

	@Test
	void overdueWhenKeptOverTwoCollectionsAfterTheDelayShouldTell() {
		this.expectations.install();
		Object kept = new Kept();
		LeakWatch.expectCollected(kept, "closed");
		this.expectations.collected(this.start.plusSeconds(59));
		this.expectations.collected(this.start.plusSeconds(60));
		assertThat(this.expectations.overdue()).isEmpty();
		this.expectations.collected(this.start.plusSeconds(61));
		assertThat(this.expectations.overdue())
			.containsExactly(new Overdue(new Overdue.Kind(Kept.class.getName(), "closed", true), 1, this.start));
		assertThat(kept).isNotNull();
	}

	@Test
	void overdueShouldJoinWhatIsOfOneClassAndReason() {
		List<Object> kept = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			kept.add(new Kept());
			this.expectations.add(kept.get(i), (i < 3) ? "closed" : "expired");
			this.clock.advance(Duration.ofSeconds(1));
		}
		this.expectations.collected(this.start.plusSeconds(100));
		this.expectations.collected(this.start.plusSeconds(100));
		assertThat(this.expectations.overdue()).extracting(Overdue::count).containsExactly(3, 2);
		assertThat(this.expectations.overdue()).extracting(Overdue::since)
			.containsExactly(this.start, this.start.plusSeconds(3));
		assertThat(kept).hasSize(5);
	}

	@Test
	void overdueWhenTheObjectIsCollectedShouldTellNothing() {
		this.expectations.add(new byte[1_000], "released");
		this.expectations.collected(this.start.plusSeconds(100));
		this.expectations.collected(this.start.plusSeconds(100));
		await().atMost(Duration.ofMinutes(1)).until(() -> {
			System.gc();
			return this.expectations.overdue().isEmpty();
		});
	}

	@Test
	void addWhenThereAreTooManyShouldLeaveOutAndCount() {
		Object kept = new Object();
		for (int i = 0; i < 1_010; i++) {
			this.expectations.addOwn(kept, "session");
		}
		assertThat(this.expectations.leftOut()).isEqualTo(10);
		for (int i = 0; i < 9_005; i++) {
			this.expectations.add(kept, "closed");
		}
		assertThat(this.expectations.leftOut()).isEqualTo(15);
	}

	@Test
	void addWhenOthersWereCollectedShouldHaveRoomAgain() {
		for (int i = 0; i < 1_000; i++) {
			this.expectations.addOwn(new byte[10], "session");
		}
		await().atMost(Duration.ofMinutes(1)).until(() -> {
			System.gc();
			int before = this.expectations.leftOut();
			this.expectations.addOwn(new byte[10], "session");
			return this.expectations.leftOut() == before;
		});
	}

	@Test
	void expectCollectedWhenNothingRunsShouldDoNothing() {
		LeakWatch.expectCollected(new Object(), "closed");
		this.expectations.install();
		new Expectations(Duration.ZERO, this.clock).remove();
		this.expectations.remove();
		LeakWatch.expectCollected(this, "closed");
		this.expectations.collected(this.start.plusSeconds(100));
		this.expectations.collected(this.start.plusSeconds(100));
		assertThat(this.expectations.overdue()).isEmpty();
	}

	@Test
	void constructorWhenTheDelayIsNegativeShouldRefuse() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Expectations(Duration.ofSeconds(-1), this.clock))
			.withMessageContaining("must not be negative");
	}

	/** Somebody has it. */
	private static final class Kept {

	}

}
