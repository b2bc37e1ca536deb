package io.leakwatch.core.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.acme.Leaked;
import com.acme.Orders;
import io.leakwatch.core.census.NamedRoot;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.signal.CollectionListener;
import io.leakwatch.core.operation.Expectations;
import io.leakwatch.core.snapshot.SnapshotSettings;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LeakWatchMonitor}, which watches this JVM.
 */
class LeakWatchMonitorTests {

	private final Clock clock = Clock.systemUTC();

	private final ClassHistogram histogram = new ClassHistogram(this.clock);

	private final Snapshots snapshots = new Snapshots(this.histogram,
			new SnapshotSettings(Duration.ofMinutes(10), Duration.ZERO, null, 4), this.clock);

	private final AtomicInteger requestCountReads = new AtomicInteger();

	private final AtomicInteger looksAtClasses = new AtomicInteger();

	private volatile Map<String, Long> cacheEntries = Map.of();

	private final Orders orders = new Orders();

	private final Expectations expectations = new Expectations(Duration.ZERO, this.clock);

	private final List<Suspect> suspected = new CopyOnWriteArrayList<>();

	private @Nullable LeakWatchMonitor monitor;

	@AfterEach
	void stopAndEndItsThread() {
		if (this.monitor != null) {
			this.monitor.stop();
		}
		atMost().until(() -> monitorThreads().isEmpty());
	}

	@Test
	void startShouldReportTheJvm() {
		Instant before = Instant.now();
		LeakWatchMonitor started = start(List.of(), (report) -> {
		});
		Report report = started.awaitReport();
		assertThat(started.isRunning()).isTrue();
		assertThat(report.at()).isBetween(before, Instant.now());
		assertThat(report.status()).isEqualTo(Status.UNKNOWN);
		assertThat(report.heap().usedBytes()).isPositive();
		assertThat(report.heap().maxBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
		assertThat(report.threads().count()).isPositive();
		assertThat(report.threads().groups()).extracting(Report.Group::name)
			.contains("main", LeakWatchMonitor.THREAD_NAME);
		assertThat(report.classLoaders()).isPositive();
		assertThat(report.suspects()).isEmpty();
		assertThat(report.timeline()).hasSize(1);
		assertThat(report.budget().share()).isEqualTo(1);
		atMost().until(() -> Objects.requireNonNull(started.report()).timeline().size() >= 3);
		atMost().until(() -> this.snapshots.find("baseline").isPresent());
		assertThat(Objects.requireNonNull(started.report()).budget().spentShare()).isBetween(0.0, 1.0);
	}

	@Test
	void startWhenACollectionHappensShouldTellTheLiveHeap() {
		LeakWatchMonitor started = start(List.of(), (report) -> {
		});
		assertThat(started.awaitReport().heap().liveBytes()).isNull();
		System.gc();
		atMost().until(() -> Objects.requireNonNull(started.report()).heap().liveBytes() != null);
		assertThat(this.requestCountReads).hasPositiveValue();
	}

	@Test
	void startShouldRunOneDaemonThreadThatInheritsNothing() {
		LeakWatchMonitor started = start(List.of(), (report) -> {
		});
		started.start();
		assertThat(monitorThreads()).singleElement().satisfies((thread) -> {
			assertThat(thread.isDaemon()).isTrue();
			assertThat(thread.getContextClassLoader()).isSameAs(LeakWatchMonitor.class.getClassLoader());
		});
	}

	@Test
	void watchWhenAMapGrowsShouldNameItsHolderAndTheLineThatAllocates() {
		ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
		try {
			LeakWatchMonitor started = start(List.of(), (report) -> {
			});
			ScheduledFuture<?> placing = traffic.scheduleAtFixedRate(this.orders::place, 0, 1, TimeUnit.MILLISECONDS);
			atMost().pollInterval(Duration.ofSeconds(1)).until(() -> {
				// What was allocated is sampled at once, and told after a collection.
				System.gc();
				return suspectOfOrders(started) != null
						&& Objects.requireNonNull(suspectOfOrders(started)).allocationSite() != null;
			});
			Suspect suspect = Objects.requireNonNull(suspectOfOrders(started));
			assertThat(suspect.finding().holder())
				.isEqualTo("bean 'orders' → com.acme.Orders.recent (java.util.concurrent.ConcurrentHashMap)");
			assertThat(suspect.finding().className()).isEqualTo("com.acme.Orders$Order");
			assertThat(suspect.finding().count()).isBetween(8L, (long) this.orders.count());
			assertThat(suspect.allocationSite()).startsWith("com.acme.Orders.place(Orders.java:");
			assertThat(placing.isDone()).isFalse();
			Report report = Objects.requireNonNull(started.report());
			assertThat(report.status()).isIn(Status.GROWING, Status.LEAKING);
			assertThat(report.containers()).first().satisfies((container) -> {
				assertThat(container.size().holder()).startsWith("bean 'orders' → ");
				assertThat(container.growthPerMinute()).isPositive();
			});
		}
		finally {
			traffic.shutdownNow();
		}
	}

	@Test
	void watchWhenCensusAndAllocationsAreOffShouldDoWithoutThem() {
		List<String> probes = new CopyOnWriteArrayList<>();
		MonitorSettings settings = new MonitorSettings(Duration.ofMillis(100), Duration.ZERO, 1, Duration.ofSeconds(30),
				List.of(), List.of(), false, false);
		LeakWatchMonitor started = new LeakWatchMonitor(settings, this.histogram, this.snapshots, List.of(),
				List.of(new MonitorListener() {

					@Override
					public void probed(String probe, Duration duration) {
						probes.add(probe);
					}

				}), WatchedApplication.UNKNOWN, this.clock);
		this.monitor = started;
		started.start();
		assertThat(started.awaitReport().containers()).isEmpty();
		atMost().until(() -> Objects.requireNonNull(started.report()).timeline().size() > 10);
		assertThat(Objects.requireNonNull(started.report()).containers()).isEmpty();
		assertThat(probes).contains("verdict").doesNotContain("container-sizes", "container-census", "allocations");
	}

	private static @Nullable Suspect suspectOfOrders(LeakWatchMonitor monitor) {
		return Objects.requireNonNull(monitor.report())
			.suspects()
			.stream()
			.filter((suspect) -> String.valueOf(suspect.finding().holder()).startsWith("bean 'orders'"))
			.findFirst()
			.orElse(null);
	}

	@Test
	void watchWhenThreadsLeakShouldNameTheirGroup() {
		CountDownLatch end = new CountDownLatch(1);
		List<Thread> leaked = new CopyOnWriteArrayList<>();
		try {
			LeakWatchMonitor started = start(List.of(), (report) -> {
				if (leaked.size() < 200) {
					Thread thread = new Thread(() -> awaitQuietly(end), "leaky-pool-" + leaked.size());
					leaked.add(thread);
					thread.start();
				}
			});
			atMost().until(() -> this.suspected.stream()
				.anyMatch((suspect) -> "thread group 'leaky-pool-#'".equals(suspect.finding().holder())));
			Report report = Objects.requireNonNull(started.report());
			assertThat(report.status()).isIn(Status.GROWING, Status.LEAKING);
			assertThat(report.suspects().stream().map(Suspect::finding))
				.anySatisfy((finding) -> assertThat(finding.kind()).isEqualTo(SuspectKind.THREAD))
				.filteredOn((finding) -> finding.kind() == SuspectKind.THREAD)
				.extracting(Finding::holder)
				.containsExactly("thread group 'leaky-pool-#'");
		}
		finally {
			end.countDown();
		}
	}

	@Test
	void watchWhenObjectsLeakShouldNameTheirClass() {
		List<Leaked> leaked = new CopyOnWriteArrayList<>();
		start(List.of(), (report) -> {
			if (leaked.size() < 40_000) {
				List<Leaked> more = new ArrayList<>();
				for (int i = 0; i < 500; i++) {
					more.add(new Leaked());
				}
				leaked.addAll(more);
			}
			System.gc();
		});
		atMost().until(() -> this.suspected.stream()
			.anyMatch((suspect) -> Leaked.class.getName().equals(suspect.finding().className())
					&& suspect.finding().evidence().size() >= 2));
	}

	@Test
	void watchWhenSomethingIsThereAgainstExpectationShouldTell() {
		StringBuilder kept = new StringBuilder("kept");
		LeakWatchMonitor started = start(List.of(), (report) -> {
		});
		started.awaitReport();
		this.expectations.add(kept, "closed");
		this.expectations.add(new byte[1_000], "closed");
		atMost().pollInterval(Duration.ofMillis(500)).until(() -> {
			System.gc();
			return !Objects.requireNonNull(started.report()).suspects().isEmpty();
		});
		assertThat(this.suspected).extracting((suspect) -> suspect.finding().className())
			.containsExactly("java.lang.StringBuilder");
		assertThat(kept).hasToString("kept");
	}

	@Test
	void watchWhenABoundedCacheFillsShouldNotNameItsClassBeforeItIsOutOfTheCache() {
		List<Leaked> entries = new CopyOnWriteArrayList<>();
		AtomicInteger looksWhileFilling = new AtomicInteger();
		start(List.of(), (report) -> {
			if (looksWhileFilling.get() == 0) {
				if (this.looksAtClasses.get() < 20) {
					this.cacheEntries = Map.of("cacheManager/cache", (long) entries.size() + 500);
				}
				else {
					looksWhileFilling.set(this.looksAtClasses.get());
				}
			}
			if (entries.size() < 60_000) {
				List<Leaked> more = new ArrayList<>();
				for (int i = 0; i < 500; i++) {
					more.add(new Leaked());
				}
				entries.addAll(more);
			}
			System.gc();
		});
		atMost().until(() -> looksWhileFilling.get() > 0);
		assertThat(this.suspected).extracting((suspect) -> suspect.finding().className())
			.doesNotContain(Leaked.class.getName());
		atMost().until(() -> this.suspected.stream()
			.anyMatch((suspect) -> Leaked.class.getName().equals(suspect.finding().className())));
	}

	@Test
	void watchWhenAProbeFailsShouldSwitchItOffAndGoOn() {
		AtomicInteger badCalls = new AtomicInteger();
		AtomicInteger goodCalls = new AtomicInteger();
		Probe bad = probe("bad", (now) -> {
			badCalls.incrementAndGet();
			throw new IllegalStateException("on purpose");
		});
		Probe good = probe("good", (now) -> goodCalls.incrementAndGet());
		LeakWatchMonitor started = start(List.of(bad, good), (report) -> {
			throw new IllegalStateException("on purpose");
		});
		atMost().until(() -> goodCalls.get() >= 4);
		assertThat(badCalls).hasValue(1);
		assertThat(started.isRunning()).isTrue();
		assertThat(Objects.requireNonNull(started.report()).timeline()).hasSizeGreaterThanOrEqualTo(3);
	}

	@Test
	void stopShouldEndTheThreadAndLeaveNothingBehind() {
		LeakWatchMonitor started = start(List.of(), (report) -> {
		});
		Report report = started.awaitReport();
		started.stop();
		assertThat(started.isRunning()).isFalse();
		atMost().until(() -> monitorThreads().isEmpty());
		assertThat(Objects.requireNonNull(started.report()).at()).isAfterOrEqualTo(report.at());
		assertThat(this.histogram.take(true).profile().find(CollectionListener.class.getName()))
			.as("a listener that the JVM still holds")
			.isNull();
		started.stop();
	}

	@Test
	void stopWhenAProbeWaitsShouldInterruptIt() {
		CountDownLatch never = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		LeakWatchMonitor started = start(List.of(probe("waiting", (now) -> {
			calls.incrementAndGet();
			awaitQuietly(never);
		})), (report) -> {
		});
		atMost().until(() -> calls.get() == 1);
		started.stop();
		atMost().until(() -> monitorThreads().isEmpty());
		assertThat(calls).hasValue(1);
	}

	@Test
	void startWhenStoppedBeforeShouldWatchAgain() {
		LeakWatchMonitor started = start(List.of(), (report) -> {
		});
		started.awaitReport();
		started.stop();
		atMost().until(() -> monitorThreads().isEmpty());
		Instant stopped = Instant.now();
		started.start();
		assertThat(started.isRunning()).isTrue();
		atMost().until(() -> Objects.requireNonNull(started.report()).at().isAfter(stopped));
		assertThat(monitorThreads()).hasSize(1);
	}

	@Test
	void awaitReportWhenNotStartedShouldFail() {
		LeakWatchMonitor idle = create(List.of(), (report) -> {
		}, Duration.ZERO);
		assertThat(idle.isRunning()).isFalse();
		assertThat(idle.report()).isNull();
		// The interrupt spares the test the wait.
		Thread.currentThread().interrupt();
		assertThatIllegalStateException().isThrownBy(idle::awaitReport);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void watchWhenWarmingUpShouldJudgeNothing() {
		LeakWatchMonitor warming = create(List.of(), (report) -> {
		}, Duration.ofHours(1));
		this.monitor = warming;
		warming.start();
		atMost().until(() -> {
			Report report = warming.report();
			return report != null && report.timeline().size() >= 2;
		});
		Report report = warming.awaitReport();
		assertThat(report.status()).isEqualTo(Status.WARMING_UP);
		assertThat(report.classLoaders()).isNull();
		assertThat(this.snapshots.list()).isEmpty();
		assertThat(warming.settings().warmUp()).isEqualTo(Duration.ofHours(1));
	}

	private LeakWatchMonitor start(List<Probe> probes, Consumer<Report> reported) {
		LeakWatchMonitor started = create(probes, reported, Duration.ZERO);
		this.monitor = started;
		started.start();
		return started;
	}

	private LeakWatchMonitor create(List<Probe> probes, Consumer<Report> reported, Duration warmUp) {
		MonitorSettings settings = new MonitorSettings(Duration.ofMillis(100), warmUp, 1, Duration.ofSeconds(30),
				List.of(), List.of(LeakWatchMonitorTests.class.getPackageName(), "com.acme"));
		MonitorListener listener = new MonitorListener() {

			@Override
			public void reported(Report report) {
				reported.accept(report);
			}

			@Override
			public void probed(String probe, Duration duration) {
				if (probe.equals("class-growth")) {
					LeakWatchMonitorTests.this.looksAtClasses.incrementAndGet();
				}
			}

			@Override
			public void suspected(Suspect suspect) {
				LeakWatchMonitorTests.this.suspected.add(suspect);
			}

		};
		return new LeakWatchMonitor(settings, this.histogram, this.snapshots, probes, List.of(listener),
				new WatchedApplication(() -> (long) this.requestCountReads.incrementAndGet(), () -> this.cacheEntries,
						() -> List.of(new NamedRoot("bean 'orders'", this.orders)), this.expectations),
				this.clock);
	}

	private static Probe probe(String name, Consumer<Instant> body) {
		return new Probe() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public void probe(Instant now) {
				body.accept(now);
			}

		};
	}

	private static List<Thread> monitorThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(LeakWatchMonitor.THREAD_NAME))
			.toList();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ConditionFactory atMost() {
		return await().atMost(Duration.ofSeconds(60));
	}

}
