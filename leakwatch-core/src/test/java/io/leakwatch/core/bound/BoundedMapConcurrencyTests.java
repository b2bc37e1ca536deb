package io.leakwatch.core.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BoundedMap} with many threads.
 */
@Timeout(120)
class BoundedMapConcurrencyTests {

	private static final int THREADS = 16;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stopThreads() throws InterruptedException {
		this.threads.shutdownNow();
		assertThat(this.threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void anyOperationWhenManyThreadsShouldKeepTheBound() throws Exception {
		BoundedMap<Integer, Integer> map = new BoundedMap<>(500);
		AtomicInteger largest = new AtomicInteger();
		// Counted while all wait: a count beside changes may be far off.
		CyclicBarrier pause = new CyclicBarrier(THREADS, () -> largest.accumulateAndGet(map.size(), Math::max));
		inAllThreads((thread) -> {
			Random random = new Random(thread);
			for (int round = 0; round < 20; round++) {
				for (int i = 0; i < 1_000; i++) {
					changeAnything(map, random, i);
				}
				await(pause);
			}
		});
		// No more than a write buffer's length above the bound, which grows with the
		// processors.
		assertThat(largest.get()).isLessThan(500 + THREADS + 256 * Runtime.getRuntime().availableProcessors());
		map.settle();
		assertThat(map.size()).isLessThanOrEqualTo(500);
		assertThat(map.keySet()).hasSize(map.size());
	}

	private static void changeAnything(BoundedMap<Integer, Integer> map, Random random, int value) {
		int key = random.nextInt(50_000);
		switch (random.nextInt(7)) {
			case 0 -> map.put(key, value);
			case 1 -> map.computeIfAbsent(key, (k) -> k);
			case 2 -> map.compute(key, (k, old) -> (old == null) ? 1 : old + 1);
			case 3 -> map.merge(key, 1, Integer::sum);
			case 4 -> map.putIfAbsent(key, value);
			case 5 -> map.get(key);
			default -> map.remove(key);
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (InterruptedException | BrokenBarrierException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void computeWhenManyThreadsShouldLoseNoUpdate() throws Exception {
		BoundedMap<Integer, Integer> map = new BoundedMap<>(64);
		inAllThreads((thread) -> {
			for (int i = 0; i < 10_000; i++) {
				map.compute(i % 32, (key, value) -> (value == null) ? 1 : value + 1);
				map.merge(i % 32, 1, Integer::sum);
			}
		});
		assertThat(map).hasSize(32);
		assertThat(map.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(2 * THREADS * 10_000);
	}

	@Test
	void computeIfAbsentWhenManyThreadsShouldLoadOnce() throws Exception {
		BoundedMap<Integer, Integer> map = new BoundedMap<>(1_000);
		AtomicInteger loads = new AtomicInteger();
		inAllThreads((thread) -> {
			for (int i = 0; i < 500; i++) {
				map.computeIfAbsent(i, (key) -> loads.incrementAndGet());
			}
		});
		assertThat(loads).hasValue(500);
		assertThat(map.statistics().hits() + map.statistics().misses()).isEqualTo(THREADS * 500);
	}

	@Test
	void anyOperationWhenAnotherThreadLoadsSlowlyShouldNotWait() throws Exception {
		BoundedMap<Integer, Integer> map = new BoundedMap<>(200);
		// The hash table begins with 512 bins. Bin 7 gets half of the entries, and is
		// then
		// locked by a load.
		for (int i = 0; i < 100; i++) {
			map.put(i * 512 + 7, i);
			map.put(i * 512 + 8 + i, i);
		}
		map.settle();
		CountDownLatch loading = new CountDownLatch(1);
		CountDownLatch finish = new CountDownLatch(1);
		AtomicBoolean finished = new AtomicBoolean();
		Future<?> load = this.threads.submit(() -> map.computeIfAbsent(120 * 512 + 7, (key) -> {
			loading.countDown();
			awaitQuietly(finish);
			finished.set(true);
			return key;
		}));
		assertThat(loading.await(30, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 100; i++) {
			int key = i * 512 + 300;
			map.put(key, i);
			for (int reads = 0; reads < 5; reads++) {
				map.get(key);
			}
		}
		assertThat(finished).isFalse();
		finish.countDown();
		load.get(60, TimeUnit.SECONDS);
		assertThat(map).as("the upkeep is made up for by the thread that loaded").hasSizeLessThanOrEqualTo(200);
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			// An end to it, so that a failing test fails and does not hang.
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void inAllThreads(IntConsumer work) throws Exception {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int thread = i;
			running.add(this.threads.submit(() -> {
				start.await();
				work.accept(thread);
				return null;
			}));
		}
		for (Future<?> each : running) {
			each.get(100, TimeUnit.SECONDS);
		}
	}

}
