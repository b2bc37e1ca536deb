package io.leakwatch.test;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for {@link LeakTest}, which run tests that leak and tests that do not.
 */
class LeakTestTests {

	@BeforeEach
	@AfterEach
	void forget() {
		Leaking.KEPT.clear();
		LeakingStrings.KEPT.clear();
		Filling.cache.clear();
		Counting.events.clear();
		Throwing.runs.set(0);
	}

	@Test
	void leakTestWhenObjectsStayShouldFailWithTheirClass() {
		Throwable failure = failure(run(Leaking.class));
		assertThat(failure).isInstanceOf(AssertionError.class)
			.hasMessageStartingWith("100 iterations left objects behind:\n    100 " + Session.class.getName() + " (");
		List<String> lines = String.valueOf(failure.getMessage()).lines().toList();
		// The JVM and the test framework add a few of their own.
		assertThat(lines.get(2)).startsWith("… and ")
			.containsPattern("1\\d\\d java\\.util\\.HashMap\\$Node")
			.containsPattern("1\\d\\d byte\\[]")
			.containsPattern("1\\d\\d java\\.lang\\.String");
		assertThat(lines).hasSize(4);
	}

	@Test
	void leakTestWhenOnlyObjectsOfTheJdkStayShouldFailWithTheirClass() {
		assertThat(failure(run(LeakingStrings.class))).isInstanceOf(AssertionError.class)
			.message()
			.containsPattern("\n    1\\d\\d java\\.lang\\.String \\(")
			.containsPattern("\n    1\\d\\d byte\\[] \\([\\d,]{5} bytes\\)");
	}

	@Test
	void leakTestWhenNothingStaysShouldPass() {
		run(Clean.class).assertStatistics((tests) -> tests.started(1).succeeded(1));
	}

	@Test
	void leakTestWhenCacheIsFullAfterWarmUpShouldPass() {
		run(Filling.class).assertStatistics((tests) -> tests.started(1).succeeded(1));
		assertThat(Filling.cache).hasSize(Filling.BOUND);
	}

	@Test
	void leakTestWhenClassIsIgnoredShouldPass() {
		run(Ignoring.class).assertStatistics((tests) -> tests.started(1).succeeded(1));
	}

	@Test
	void leakTestWhenFewerStayThanItAsksForShouldPass() {
		run(EveryOther.class).assertStatistics((tests) -> tests.started(1).succeeded(1));
		assertThat(Leaking.KEPT).isNotEmpty();
	}

	@Test
	void leakTestWhenObjectsWaitForTheirFinalActionShouldPass() {
		run(Cleaned.class).assertStatistics((tests) -> tests.started(1).succeeded(1));
	}

	@Test
	void leakTestWhenMethodThrowsShouldFailWithThatException() {
		assertThat(failure(run(Throwing.class))).isExactlyInstanceOf(IOException.class).hasMessage("no more");
		assertThat(Throwing.runs).hasValue(13);
	}

	@Test
	void leakTestWhenMethodAbortsShouldBeAborted() {
		run(Aborting.class).assertStatistics((tests) -> tests.started(1).aborted(1));
	}

	@Test
	void leakTestShouldBeOneTestWithOneInstanceAndTheSameArguments() {
		run(Counting.class).assertStatistics((tests) -> tests.started(1).succeeded(1));
		assertThat(Counting.events).hasSize(1 + 3 + 5 + 1)
			.startsWith("before", "run 1 counted(TestInfo)", "run 2 counted(TestInfo)")
			.endsWith("run 8 counted(TestInfo)", "after");
	}

	@Test
	void leakTestWhenThereIsNoWarmUpShouldRunIterationsOnly() {
		run(WithoutWarmUp.class).assertStatistics((tests) -> tests.started(1).succeeded(1));
		assertThat(Counting.events).hasSize(4);
	}

	@Test
	void leakTestWhenSettingIsWrongShouldFailWithoutRunning() {
		assertThat(failure(run(WronglySet.class))).isExactlyInstanceOf(IllegalArgumentException.class)
			.hasMessage("iterations must be one or more, they are 0");
		assertThat(Counting.events).isEmpty();
	}

	@Test
	void leakTestWhenTestsRunInParallelShouldRunAlone() {
		EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
			.configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
			.configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
			.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
			.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
			.selectors(DiscoverySelectors.selectClass(Crowd.class), DiscoverySelectors.selectClass(InACrowd.class))
			.execute();
		assertThat(results.testEvents().failed().stream()).isEmpty();
		results.testEvents().assertStatistics((tests) -> tests.started(6).succeeded(6));
	}

	private static Events run(Class<?> testClass) {
		return EngineTestKit.engine("junit-jupiter")
			.selectors(DiscoverySelectors.selectClass(testClass))
			.execute()
			.testEvents();
	}

	private static Throwable failure(Events tests) {
		tests.assertStatistics((statistics) -> statistics.started(1).failed(1));
		return tests.failed()
			.stream()
			.findFirst()
			.orElseThrow()
			.getRequiredPayload(TestExecutionResult.class)
			.getThrowable()
			.orElseThrow();
	}

	/** What some of the tests leave behind. */
	private record Session(String user) {
	}

	static class Leaking {

		static final Map<Integer, Session> KEPT = new HashMap<>();

		@LeakTest
		void login() {
			KEPT.put(1_000 + KEPT.size(), new Session("user-" + KEPT.size()));
		}

	}

	static class LeakingStrings {

		static final List<String> KEPT = new ArrayList<>();

		@LeakTest
		void log() {
			KEPT.add("line " + KEPT.size());
		}

	}

	static class Clean {

		private final List<Session> sessions = new ArrayList<>();

		@LeakTest
		void loginAndLogout() {
			Session session = new Session("user " + this.sessions.size());
			this.sessions.add(session);
			this.sessions.remove(session);
		}

	}

	static class Filling {

		static final int BOUND = 50;

		static Map<Integer, Session> cache = new HashMap<>();

		private int next;

		@LeakTest(warmup = BOUND)
		void look() {
			cache.put(1_000 + this.next, new Session("user " + this.next));
			cache.remove(1_000 + this.next - BOUND);
			this.next++;
		}

	}

	static class Ignoring {

		@LeakTest(ignore = { "io.leakwatch.*$Session", "java.*", "byte[]" })
		void login() {
			new Leaking().login();
		}

	}

	static class EveryOther {

		private int run;

		@LeakTest
		void loginSometimes() {
			if (this.run++ % 2 == 0) {
				new Leaking().login();
			}
		}

	}

	static class Cleaned {

		private static final Cleaner CLEANER = Cleaner.create();

		@LeakTest
		void open() {
			CLEANER.register(new Object(), new Session("closing")::user);
		}

	}

	static class Throwing {

		static final AtomicInteger runs = new AtomicInteger();

		@LeakTest
		void failSometime() throws IOException {
			if (runs.incrementAndGet() == 13) {
				throw new IOException("no more");
			}
		}

	}

	static class Aborting {

		@LeakTest
		void assumption() {
			assumeTrue(false, "not here");
		}

	}

	static class Counting {

		static final Queue<String> events = new ConcurrentLinkedQueue<>();

		private int runs;

		@BeforeEach
		void before() {
			events.add("before");
		}

		@LeakTest(warmup = 3, iterations = 5, atLeast = 1_000)
		void counted(TestInfo info) {
			events.add("run " + ++this.runs + " " + info.getDisplayName());
		}

		@AfterEach
		void after() {
			events.add("after");
		}

	}

	static class WithoutWarmUp {

		@LeakTest(warmup = 0, iterations = 4, atLeast = 1_000)
		void counted() {
			Counting.events.add("run");
		}

	}

	static class WronglySet {

		@LeakTest(iterations = 0)
		void counted() {
			Counting.events.add("run");
		}

	}

	static class Crowd {

		private static final AtomicInteger running = new AtomicInteger();

		static void alone() {
			assertThat(running.incrementAndGet()).isOne();
			running.decrementAndGet();
		}

		@Test
		void oneOfMany() {
			together();
		}

		@Test
		void anotherOfMany() {
			together();
		}

		@Test
		void yetAnotherOfMany() {
			together();
		}

		private static void together() {
			running.incrementAndGet();
			long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
			while (System.nanoTime() < end) {
				Thread.onSpinWait();
			}
			running.decrementAndGet();
		}

	}

	static class InACrowd {

		@LeakTest
		void alone() {
			Crowd.alone();
		}

		@LeakTest
		void aloneToo() {
			Crowd.alone();
		}

		@Test
		void likeAnyOther() {
			Crowd.together();
		}

	}

}
