package io.leakwatch.core.signal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link CollectionListener} in this JVM, whatever its collector is.
 */
class CollectionListenerTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	@Test
	void openShouldTellTheLiveHeapAfterAnOldCollection() {
		List<LiveHeap> told = new CopyOnWriteArrayList<>();
		Instant start = Instant.now().minusMillis(1);
		try (CollectionListener listener = new CollectionListener(Floors.to(told::add))) {
			listener.open();
			System.gc();
			await().atMost(LIMIT).until(() -> !told.isEmpty());
		}
		LiveHeap live = told.get(0);
		assertThat(live.bytes()).isBetween(1L << 20, Runtime.getRuntime().maxMemory());
		assertThat(live.at()).isBetween(start, Instant.now());
	}

	@Test
	void openShouldTellTheHeapInUseAfterAnyCollection() {
		List<HeapCollection> told = new CopyOnWriteArrayList<>();
		try (CollectionListener listener = new CollectionListener(told::add)) {
			listener.open();
			System.gc();
			await().atMost(LIMIT).until(() -> !told.isEmpty());
		}
		assertThat(told.get(0).usedBytes()).isBetween(1L << 20, Runtime.getRuntime().maxMemory());
	}

	@Test
	void closeShouldEndTheTelling() {
		List<LiveHeap> told = new CopyOnWriteArrayList<>();
		List<LiveHeap> toldToOther = new CopyOnWriteArrayList<>();
		try (CollectionListener other = new CollectionListener(Floors.to(toldToOther::add))) {
			CollectionListener listener = new CollectionListener(Floors.to(told::add));
			listener.open();
			other.open();
			System.gc();
			await().atMost(LIMIT).until(() -> !told.isEmpty() && !toldToOther.isEmpty());
			listener.close();
			int before = toldToOther.size();
			System.gc();
			await().atMost(LIMIT).until(() -> toldToOther.size() > before);
			assertThat(told).doesNotContain(toldToOther.get(toldToOther.size() - 1));
			listener.close();
		}
	}

	@Test
	void openWhenClosedBeforeShouldTellAgain() {
		List<LiveHeap> told = new CopyOnWriteArrayList<>();
		CollectionListener listener = new CollectionListener(Floors.to(told::add));
		listener.open();
		listener.close();
		listener.open();
		try {
			System.gc();
			await().atMost(LIMIT).until(() -> !told.isEmpty());
		}
		finally {
			listener.close();
		}
	}

}
