package io.leakwatch.core.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.leakwatch.core.profile.AllocationSampling;
import io.leakwatch.core.profile.AllocationSite;
import io.leakwatch.core.profile.RetainingHolder;
import io.leakwatch.core.signal.HeapCollection;
import io.leakwatch.core.suspect.ClassLead;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Retention;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AllocationTracing}: when the recorder starts, when it is read, and
 * what is made of that.
 */
class AllocationTracingTests {

	private static final Duration TICK = Duration.ofSeconds(15);

	private static final Duration MAX_PAUSE = Duration.ofMillis(200);

	private static final String FILES = "static java.io.DeleteOnExitHook.files (java.util.LinkedHashSet)";

	private static final ClassLead STRINGS = lead(Duration.ofSeconds(30));

	private final AtomicLong nanoTime = new AtomicLong();

	private final Budget budget = new Budget(0.05, MAX_PAUSE, this.nanoTime::get);

	private final FakeSampling sampling = new FakeSampling();

	private Duration maxPause = MAX_PAUSE;

	private @Nullable AllocationTracing made;

	private boolean stirring;

	private int ticks;

	@Test
	void traceWhenNothingIsSuspectedShouldStartNothing() {
		run(100, List.of(), List.of());
		assertThat(this.sampling.calls).isEmpty();
	}

	@Test
	void traceWhenSomethingIsWatchedForLongShouldStart() {
		run(7, List.of(suspect(Severity.WATCH, null)), List.of());
		assertThat(this.sampling.calls).isEmpty();
		run(1, List.of(suspect(Severity.WATCH, null)), List.of());
		assertThat(this.sampling.calls).containsExactly("start");
	}

	@Test
	void traceWhenSomethingIsProbableShouldStartAtOnce() {
		run(1, List.of(suspect(Severity.PROBABLE, FILES)), List.of());
		assertThat(this.sampling.calls).containsExactly("start");
	}

	@Test
	void traceWhenClassesGrowThatAreNoSuspectsShouldStartLater() {
		run(11, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).isEmpty();
		run(1, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).containsExactly("start");
	}

	@Test
	void traceWhenClassesBeginToGrowShouldStartButNotRead() {
		this.stirring = true;
		run(60, List.of(), List.of());
		assertThat(this.sampling.calls).containsExactly("start");
		run(1, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).containsExactly("start", "chains");
	}

	@Test
	void traceWhenSearchesAreInVainShouldSearchMoreAndMoreSeldom() {
		run(12 + 400, List.of(), List.of(STRINGS));
		int searches = this.sampling.calls.size();
		run(400, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).hasSizeLessThan(2 * searches);
	}

	@Test
	void traceWhenTheFirstSearchIsInVainShouldTryAgainBeforeLong() {
		this.sampling.cost = Duration.ofSeconds(2);
		run(30, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).containsExactly("start", "chains");
		run(2 * 18, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).containsExactly("start", "chains", "chains", "chains");
		run(60, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).hasSize(4);
	}

	@Test
	void traceWhenTheBudgetIsSpentShouldLetNothingDearComeBefore() {
		this.budget.spend(Duration.ofMillis(1_400));
		this.budget.spend(Duration.ofMillis(1_400));
		run(1, List.of(suspect(Severity.PROBABLE, FILES)), List.of());
		assertThat(this.sampling.calls).isEmpty();
		assertThat(tracing().isWaiting()).isTrue();
		run(1, List.of(suspect(Severity.PROBABLE, FILES)), List.of());
		assertThat(this.sampling.calls).containsExactly("start");
		assertThat(tracing().isWaiting()).isFalse();
	}

	@Test
	void traceWhenTheHolderIsKnownShouldReadWithoutAPause() {
		run(60, List.of(suspect(Severity.PROBABLE, FILES)), List.of());
		assertThat(this.sampling.calls).startsWith("start", "read").doesNotContain("chains");
	}

	@Test
	void traceWhenTheHolderIsNotKnownShouldSearchOnceEnoughWasSampled() {
		run(12 + 17, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).containsExactly("start");
		run(1, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).containsExactly("start", "chains");
		assertThat(this.sampling.longestSearch).isLessThan(MAX_PAUSE);
	}

	@Test
	void traceWhenDoublingTakesLongShouldSearchLaterButNotForEver() {
		run(12 + 39, List.of(), List.of(lead(Duration.ofDays(1))));
		assertThat(this.sampling.calls).containsExactly("start");
		run(1, List.of(), List.of(lead(Duration.ofDays(1))));
		assertThat(this.sampling.calls).containsExactly("start", "chains");
	}

	@Test
	void traceWhenTheHeapIsFarTooLargeShouldNotSearch() {
		this.sampling.stall = MAX_PAUSE.multipliedBy(5);
		run(32, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).containsExactly("start", "doubt", "read");
		assertThat(tracing().retentions()).isEmpty();
	}

	@Test
	void traceWhenNoPauseIsAllowedShouldNotSearch() {
		this.maxPause = Duration.ZERO;
		run(40, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).startsWith("start", "read").doesNotContain("chains");
	}

	@Test
	void traceWhenReadingsAreDearShouldKeepToItsShareOfTheBudget() {
		this.sampling.cost = Duration.ofSeconds(1);
		run(12 + 400, List.of(), List.of(STRINGS));
		double share = (double) this.sampling.spentNanos / this.nanoTime.get();
		assertThat(this.sampling.calls).hasSizeGreaterThan(5);
		assertThat(share).isLessThan(0.05 * 0.3);
		assertThat(this.budget.spentShare()).isLessThan(0.05);
	}

	@Test
	void retentionsWhenOneHolderKeepsAllAgesShouldTellIt() {
		this.sampling.holders = List.of(holder(0.9, 0.8, Duration.ofMinutes(4)));
		run(30, List.of(), List.of(STRINGS));
		assertThat(tracing().retentions()).singleElement().satisfies((retention) -> {
			assertThat(retention.className()).isEqualTo("java.lang.String");
			assertThat(retention.holder()).isEqualTo(FILES);
			assertThat(retention.keptShare()).isEqualTo(0.8);
			assertThat(retention.keptFor()).isEqualTo(Duration.ofMinutes(4));
		});
	}

	@Test
	void retentionsWhenTheHolderGivesUpOrHasButAPartShouldTellNone() {
		this.sampling.holders = List.of(holder(0.9, 0.8, null));
		run(30, List.of(), List.of(STRINGS));
		assertThat(this.sampling.calls).contains("chains");
		assertThat(tracing().retentions()).isEmpty();
		this.sampling.holders = List.of(holder(0.4, 0.8, Duration.ofMinutes(4)));
		run(60, List.of(), List.of(STRINGS));
		assertThat(tracing().retentions()).isEmpty();
		this.sampling.holders = List.of(holder(0.9, 0.05, Duration.ofMinutes(4)));
		run(60, List.of(), List.of(STRINGS));
		assertThat(tracing().retentions()).isEmpty();
	}

	@Test
	void retentionsWhenALaterSearchSaysOtherwiseShouldForgetIt() {
		this.sampling.holders = List.of(holder(0.9, 0.8, Duration.ofMinutes(4)));
		run(30, List.of(), List.of(STRINGS));
		this.sampling.holders = List.of(holder(0.9, 0.8, null));
		run(60, List.of(), List.of(STRINGS));
		assertThat(tracing().retentions()).isEmpty();
	}

	@Test
	void retentionsWhenALaterSearchReachesLessShouldKeepItForAFew() {
		this.sampling.holders = List.of(holder(0.9, 0.7, Duration.ofMinutes(4)));
		run(30, List.of(), List.of(STRINGS));
		this.sampling.holders = List.of(holder(0.9, 0.15, null));
		List<Integer> known = new ArrayList<>();
		while (this.sampling.calls.size() < 2 + 4) {
			run(1, List.of(), List.of(STRINGS));
			known.add(tracing().retentions().size());
		}
		// The fourth search in vain is the last step of the loop.
		assertThat(known.subList(0, known.size() - 1)).containsOnly(1);
		assertThat(known.get(known.size() - 1)).isZero();
	}

	@Test
	void traceWhenNothingIsSuspectedAnyMoreShouldStopInTheEnd() {
		this.sampling.holders = List.of(holder(0.9, 0.8, Duration.ofMinutes(4)));
		run(30, List.of(), List.of(STRINGS));
		run(39, List.of(), List.of());
		assertThat(this.sampling.isRunning()).isTrue();
		run(1, List.of(), List.of());
		assertThat(this.sampling.isRunning()).isFalse();
		assertThat(tracing().retentions()).isEmpty();
	}

	@Test
	void traceShouldTellTheLineAndTheHolderOfASuspect() {
		this.sampling.holders = List.of(holder(0.9, 0.8, null));
		this.sampling.sites = List
			.of(new AllocationSite("com.acme.Exports.add(Exports.java:41)", "[B", 20, 0.9, 0.8, true));
		List<Suspect> traced = run(40, List.of(suspect(Severity.WATCH, null)), List.of());
		assertThat(traced).singleElement().satisfies((each) -> {
			assertThat(each.allocationSite()).isEqualTo("com.acme.Exports.add(Exports.java:41)");
			assertThat(each.finding().holder()).isEqualTo(FILES);
		});
	}

	private AllocationTracing tracing() {
		AllocationTracing known = this.made;
		if (known == null) {
			known = new AllocationTracing(this.sampling,
					new ProbeRunner(this.budget, List.of(), this.nanoTime::get, this.nanoTime::get), this.budget,
					this.maxPause, this.nanoTime::get);
			this.made = known;
		}
		return known;
	}

	private List<Suspect> run(int times, List<Suspect> suspects, List<ClassLead> leads) {
		List<Suspect> traced = List.of();
		for (int i = 0; i < times; i++) {
			this.ticks++;
			this.nanoTime.addAndGet(TICK.toNanos());
			Instant now = Instant.EPOCH.plus(TICK.multipliedBy(this.ticks));
			traced = tracing().trace(suspects, leads, this.stirring, new HeapCollection(now, 100 << 20, null), now);
		}
		return traced;
	}

	private static ClassLead lead(Duration doubling) {
		return new ClassLead("java.lang.String", Set.of("java.lang.String", "[B"), 1_000, doubling);
	}

	private static RetainingHolder holder(double share, double keptShare, @Nullable Duration keptFor) {
		return new RetainingHolder(FILES, null, "[B", 30, share, 0.8, keptShare, keptFor);
	}

	private static Suspect suspect(Severity severity, @Nullable String holder) {
		return new Suspect("1", Instant.EPOCH, Instant.EPOCH, new Finding(SuspectKind.HEAP, severity, 0.9, "title",
				"com.acme.Export", holder, 1L, 1.0, 1.0, List.of(), "advice"));
	}

	/** Tells what it is told to tell, and takes as long as it is told to take. */
	private final class FakeSampling implements AllocationSampling {

		private final List<String> calls = new ArrayList<>();

		private Duration stall = Duration.ofMillis(100);

		private Duration cost = Duration.ofMillis(300);

		private Duration longestSearch = Duration.ZERO;

		private List<AllocationSite> sites = List.of();

		private List<RetainingHolder> holders = List.of();

		private long spentNanos;

		private boolean running;

		@Override
		public @Nullable String reasonAgainst() {
			return null;
		}

		@Override
		public boolean start() {
			this.calls.add("start");
			this.running = true;
			return true;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public void read() {
			this.calls.add("read");
			take();
		}

		@Override
		public Duration predictStall(long heapBytes) {
			return this.stall;
		}

		@Override
		public void doubtPrediction() {
			this.calls.add("doubt");
		}

		@Override
		public Duration readChains(long heapBytes, Duration longestSearch) {
			this.calls.add("chains");
			this.longestSearch = longestSearch;
			take();
			return this.stall;
		}

		private void take() {
			this.spentNanos += this.cost.toNanos();
			AllocationTracingTests.this.nanoTime.addAndGet(this.cost.toNanos());
		}

		@Override
		public List<AllocationSite> sitesOf(Set<String> classNames, Instant since) {
			return this.sites;
		}

		@Override
		public List<RetainingHolder> holdersOf(Set<String> classNames, Instant since) {
			return this.holders;
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public void close() {
			stop();
		}

	}

}
