package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SuspectLedger} and {@link Suspect}.
 */
class SuspectLedgerTests {

	private final SuspectLedger ledger = new SuspectLedger();

	private Instant now = Instant.EPOCH;

	private boolean held;

	@Test
	void fingerprintShouldBeTheSameInEveryRelease() {
		// Users keep these: a change of the formula changes every id.
		assertThat(Suspect.fingerprint(Findings.of(SuspectKind.HEAP, Severity.WATCH, "com.acme.Order", null)))
			.isEqualTo("dad10bb09111");
		assertThat(Suspect.fingerprint(
				Findings.of(SuspectKind.THREAD, Severity.CONFIRMED, "java.lang.Thread", "thread group 'pool-#'")))
			.isEqualTo("13f5f52e8744");
	}

	@Test
	void fingerprintShouldDifferByKindClassAndHolderAndNothingElse() {
		String id = Suspect.fingerprint(Findings.of(SuspectKind.HEAP, Severity.WATCH, "a.B", "h"));
		assertThat(id).matches("[0-9a-f]{12}");
		assertThat(Suspect.fingerprint(Findings.of(SuspectKind.HEAP, Severity.CONFIRMED, "a.B", "h", 7.0, 0.5)))
			.isEqualTo(id);
		assertThat(Suspect.fingerprint(Findings.of(SuspectKind.CACHE, Severity.WATCH, "a.B", "h"))).isNotEqualTo(id);
		assertThat(Suspect.fingerprint(Findings.of(SuspectKind.HEAP, Severity.WATCH, "a.C", "h"))).isNotEqualTo(id);
		assertThat(Suspect.fingerprint(Findings.of(SuspectKind.HEAP, Severity.WATCH, "a.B", null))).isNotEqualTo(id);
	}

	@Test
	void updateShouldTellEachRiseOnce() {
		assertThat(update(heap("a", Severity.WATCH))).extracting((suspect) -> suspect.finding().severity())
			.containsExactly(Severity.WATCH);
		assertThat(update(heap("a", Severity.WATCH))).isEmpty();
		assertThat(update(heap("a", Severity.PROBABLE))).hasSize(1);
		assertThat(update(heap("a", Severity.PROBABLE))).isEmpty();
		assertThat(update(heap("a", Severity.WATCH))).isEmpty();
		assertThat(update(heap("a", Severity.CONFIRMED), heap("b", Severity.WATCH))).hasSize(2);
	}

	@Test
	void updateShouldKeepWhenItWasFirstSeen() {
		update(heap("a", Severity.WATCH));
		Instant first = this.now;
		update(heap("a", Severity.PROBABLE));
		update();
		assertThat(this.ledger.ranked()).singleElement().satisfies((suspect) -> {
			assertThat(suspect.firstSeen()).isEqualTo(first);
			assertThat(suspect.lastSeen()).isEqualTo(first.plusSeconds(15));
			assertThat(suspect.finding().severity()).isEqualTo(Severity.PROBABLE);
		});
	}

	@Test
	void updateWhenNoLongerFoundShouldKeepItForThreeTicks() {
		update(heap("a", Severity.WATCH));
		update();
		update();
		update();
		assertThat(this.ledger.ranked()).hasSize(1);
		update();
		assertThat(this.ledger.ranked()).isEmpty();
		assertThat(update(heap("a", Severity.WATCH))).as("told already").isEmpty();
		assertThat(this.ledger.ranked()).hasSize(1);
		for (int i = 0; i < 250; i++) {
			update();
		}
		assertThat(update(heap("a", Severity.WATCH))).as("told long ago").hasSize(1);
	}

	@Test
	void updateWhenAProbableSuspectPausesShouldKeepItAsLongAsItWasFound() {
		this.held = true;
		for (int i = 0; i < 20; i++) {
			update(heap("a", Severity.PROBABLE));
		}
		Instant last = this.now;
		for (int i = 0; i < 20; i++) {
			update();
			assertThat(this.ledger.ranked()).singleElement()
				.satisfies((suspect) -> assertThat(suspect.lastSeen()).isEqualTo(last));
		}
		update();
		assertThat(this.ledger.ranked()).isEmpty();
	}

	@Test
	void updateWhenTheHolderOfAPausedSuspectGivesBackShouldEndIt() {
		this.held = true;
		for (int i = 0; i < 20; i++) {
			update(heap("a", Severity.PROBABLE));
		}
		for (int i = 0; i < 10; i++) {
			update();
		}
		assertThat(this.ledger.ranked()).hasSize(1);
		this.held = false;
		update();
		assertThat(this.ledger.ranked()).isEmpty();
	}

	@Test
	void updateWhenAWatchPausesShouldNotWaitForIt() {
		this.held = true;
		for (int i = 0; i < 20; i++) {
			update(heap("a", Severity.WATCH));
		}
		for (int i = 0; i < 4; i++) {
			update();
		}
		assertThat(this.ledger.ranked()).isEmpty();
	}

	@Test
	void updateWhenFoundAgainShouldGrantTheGraceAnew() {
		update(heap("a", Severity.WATCH));
		for (int i = 0; i < 5; i++) {
			update();
			update();
			update();
			assertThat(update(heap("a", Severity.WATCH))).isEmpty();
		}
		assertThat(this.ledger.ranked().get(0).firstSeen()).isEqualTo(Instant.EPOCH.plusSeconds(15));
	}

	@Test
	void rankedShouldPutTheMostSevereFirstAndKeepTheOrderOfTheDetectors() {
		update(Findings.of(SuspectKind.HEAP, Severity.WATCH, "watch", null, 900.0, 0.9),
				Findings.of(SuspectKind.HEAP, Severity.PROBABLE, "little", null, 10.0, 0.9),
				Findings.of(SuspectKind.HEAP, Severity.PROBABLE, "much", null, 500.0, 0.9),
				Findings.of(SuspectKind.THREAD, Severity.CONFIRMED, "confirmed", null, null, 0.9),
				Findings.of(SuspectKind.HEAP, Severity.PROBABLE, "surer", null, 10.0, 0.99));
		assertThat(this.ledger.ranked()).extracting((suspect) -> suspect.finding().className())
			.containsExactly("confirmed", "little", "much", "surer", "watch");
	}

	@Test
	void updateWhenThereAreVeryManyShouldKeepTheLikeliestAndTellNoOtherOnes() {
		List<Joined> findings = new ArrayList<>();
		for (int i = 0; i < 80; i++) {
			findings.add(Joined.of(Findings.of(SuspectKind.HEAP, Severity.WATCH, "c" + i, null, (double) i, 0.9)));
		}
		assertThat(this.ledger.update(findings, (finding) -> false, this.now)).hasSize(50);
		assertThat(this.ledger.ranked()).hasSize(50);
		assertThat(this.ledger.ranked().get(0).finding().className()).isEqualTo("c0");
		assertThat(this.ledger.update(findings, (finding) -> false, this.now)).as("told as new once").isEmpty();
	}

	@Test
	void updateWhenAHolderBecomesKnownShouldKeepOneSuspectAndTellItOnce() {
		Finding byClass = heap("a", Severity.PROBABLE);
		update(byClass);
		Instant first = this.now;
		Finding byHolder = Findings.of(SuspectKind.HEAP, Severity.PROBABLE, "a", "bean 'b' → a.B.c (java.util.Map)");
		assertThat(join(byHolder, byClass)).as("told already").isEmpty();
		assertThat(this.ledger.ranked()).singleElement().satisfies((suspect) -> {
			assertThat(suspect.finding()).isEqualTo(byHolder);
			assertThat(suspect.firstSeen()).isEqualTo(first);
		});
		assertThat(update(byClass)).as("told already").isEmpty();
		Finding worse = Findings.of(SuspectKind.HEAP, Severity.CONFIRMED, "a", byHolder.holder());
		assertThat(join(worse, byClass)).hasSize(1);
	}

	private List<Suspect> join(Finding finding, Finding part) {
		this.now = this.now.plusSeconds(15);
		return this.ledger.update(List.of(new Joined(finding, List.of(part))), (each) -> false, this.now);
	}

	private List<Suspect> update(Finding... findings) {
		this.now = this.now.plusSeconds(15);
		return this.ledger.update(Stream.of(findings).map(Joined::of).toList(), (finding) -> this.held, this.now);
	}

	private static Finding heap(String className, Severity severity) {
		return Findings.of(SuspectKind.HEAP, severity, className, null);
	}

}
