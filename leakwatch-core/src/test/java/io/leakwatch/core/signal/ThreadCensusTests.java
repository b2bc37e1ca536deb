package io.leakwatch.core.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadCensus}.
 */
class ThreadCensusTests {

	private final ThreadCensus census = new ThreadCensus();

	@ParameterizedTest
	@CsvSource({ "pool-3-thread-12, pool-#-thread-#", "http-nio-8080-exec-1, http-nio-#-exec-#", "main, main", "7, #",
			"0042x0042, #x#", "Größe-9, Größe-#", "arabic-٤٢, arabic-#", "%s$d{}, %s$d{}", "'', ''" })
	void normaliseShouldFoldRunsOfDigits(String name, String normalised) {
		assertThat(ThreadCensus.normalise(name)).isEqualTo(normalised);
	}

	@Test
	void normaliseWhenVeryLongShouldCut() {
		assertThat(ThreadCensus.normalise("x".repeat(1_000_000))).isEqualTo("x".repeat(120));
		assertThat(ThreadCensus.normalise("1".repeat(1_000_000))).isEqualTo("#");
	}

	@Test
	void normaliseWhenNameHasControlCharactersShouldReplaceThem() {
		assertThat(ThreadCensus.normalise("a\u001b[31mb\nc\rd\u0000e\u009bf")).isEqualTo("a?[#mb?c?d?e?f");
	}

	@Test
	void takeShouldCountRealThreadsByNormalisedName() throws InterruptedException {
		CountDownLatch end = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		try {
			for (int i = 0; i < 25; i++) {
				// A group of its own, as an application server has.
				Thread thread = new Thread(new ThreadGroup("census-group"), () -> awaitQuietly(end),
						"census-test-" + i);
				threads.add(thread);
				thread.start();
			}
			ThreadUsage usage = this.census.take();
			assertThat(usage.groups()).contains(new ThreadGroupCount("census-test-#", 25));
			assertThat(usage.groups()).extracting(ThreadGroupCount::name).contains("main").doesNotHaveDuplicates();
			assertThat(usage.groups()).isSortedAccordingTo(Comparator.comparingInt(ThreadGroupCount::count).reversed());
			assertThat(usage.groups().stream().mapToInt(ThreadGroupCount::count).sum()).isEqualTo(usage.count());
		}
		finally {
			end.countDown();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(this.census.take().groups()).extracting(ThreadGroupCount::name).doesNotContain("census-test-#");
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
