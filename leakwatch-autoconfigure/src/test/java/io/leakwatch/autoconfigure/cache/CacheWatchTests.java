package io.leakwatch.autoconfigure.cache;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.leakwatch.autoconfigure.event.CacheAlertEvent;
import io.leakwatch.autoconfigure.event.CacheAlertEvent.Reason;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link CacheWatch}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CacheWatchTests {

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private final SeenBeans seenBeans = new SeenBeans();

	private final List<CacheAlertEvent> events = new ArrayList<>();

	private final CacheWatch watch = new CacheWatch(this.seenBeans, List.of(new ConcurrentMapCaches()), 0.8,
			this.events::add);

	private final BoundedConcurrentMapCacheManager manager = new BoundedConcurrentMapCacheManager((name) -> 100);

	CacheWatchTests() {
		this.seenBeans.add("cacheManager", this.manager);
	}

	@Test
	void probeShouldReadWhatACacheTells() {
		Cache cache = TestCaches.cache(this.manager, "orders");
		this.watch.probe(NOW);
		assertThat(this.watch.name()).isEqualTo("caches");
		assertThat(this.watch.readings()).containsExactly(new CacheReading("orders", "cacheManager",
				"org.springframework.cache.concurrent.ConcurrentMapCache", 0L, 100L, "leakwatch", 0.0, null, 0L, null));
		TestCaches.fill(cache, 50);
		cache.get(1);
		cache.get(2);
		cache.get(3);
		cache.get(-1);
		assertThat(this.watch.readings().get(0).size()).as("not read in between").isZero();
		this.watch.probe(NOW);
		assertThat(this.watch.readings()).containsExactly(
				new CacheReading("orders", "cacheManager", "org.springframework.cache.concurrent.ConcurrentMapCache",
						50L, 100L, "leakwatch", 0.5, 0.75, 0L, null));
		assertThat(this.events).isEmpty();
	}

	@Test
	void readShouldTellTheEntriesOfCachesWithAKnownBoundAtOnce() {
		ConcurrentMapCacheManager unbounded = new ConcurrentMapCacheManager();
		TestCaches.fill(TestCaches.cache(unbounded, "orders"), 5);
		this.seenBeans.add("unbounded", unbounded);
		assertThat(this.watch.read()).isEmpty();
		TestCaches.fill(TestCaches.cache(this.manager, "orders"), 50);
		TestCaches.cache(this.manager, "prices");
		assertThat(this.watch.read())
			.containsExactlyInAnyOrderEntriesOf(Map.of("cacheManager/orders", 50L, "cacheManager/prices", 0L));
	}

	@Test
	void readWhenThereAreVeryManyCachesShouldTellOfTheFirst() {
		for (int i = 0; i < 2 * CacheWatch.MAXIMUM_READINGS; i++) {
			TestCaches.cache(this.manager, "cache" + i);
		}
		assertThat(this.watch.read()).hasSize(CacheWatch.MAXIMUM_READINGS).isEqualTo(this.watch.read());
	}

	@Test
	void probeWhenNearlyFullShouldAlertOnceUntilItWasEmptier(CapturedOutput output) {
		Cache cache = TestCaches.cache(this.manager, "orders\nforged line");
		TestCaches.fill(cache, 79);
		this.watch.probe(NOW);
		assertThat(this.events).isEmpty();
		TestCaches.fill(cache, 80);
		this.watch.probe(NOW);
		this.watch.probe(NOW);
		assertThat(this.events)
			.containsExactly(new CacheAlertEvent("orders\nforged line", "cacheManager", Reason.FILL, 80, 100, NOW));
		assertThat(output)
			.contains("Cache 'orders?forged line' of bean 'cacheManager' is 80 % full: 80 of 100 entries");
		assertThat(alert()).isEqualTo("FILL");
		evictFrom(cache, 72, 80);
		this.watch.probe(NOW);
		assertThat(alert()).as("within the hysteresis").isEqualTo("FILL");
		TestCaches.fill(cache, 80);
		this.watch.probe(NOW);
		assertThat(this.events).hasSize(1);
		evictFrom(cache, 60, 80);
		this.watch.probe(NOW);
		assertThat(alert()).isNull();
		TestCaches.fill(cache, 80);
		this.watch.probe(NOW);
		assertThat(this.events).extracting(CacheAlertEvent::reason).containsExactly(Reason.FILL, Reason.FILL);
	}

	@Test
	void probeWhenFirstEntriesAreEvictedShouldAlertOnce() {
		Cache cache = TestCaches.cache(this.manager, "orders");
		TestCaches.fill(cache, 100);
		this.watch.probe(NOW);
		TestCaches.fill(cache, 150);
		this.watch.probe(NOW);
		assertThat(alert()).isEqualTo("EVICTION");
		cache.clear();
		this.watch.probe(NOW);
		assertThat(alert()).isNull();
		TestCaches.fill(cache, 300);
		this.watch.probe(NOW);
		assertThat(this.events).extracting(CacheAlertEvent::reason)
			.containsExactly(Reason.FILL, Reason.EVICTION, Reason.FILL);
		assertThat(this.watch.readings().get(0).evictions()).isGreaterThanOrEqualTo(50 + 200);
	}

	@Test
	void probeWhenAListenerFailsShouldGoOn(CapturedOutput output) {
		CacheWatch failing = new CacheWatch(this.seenBeans, List.of(new ConcurrentMapCaches()), 0.8, (event) -> {
			throw new IllegalStateException("test");
		});
		TestCaches.fill(TestCaches.cache(this.manager, "a"), 90);
		TestCaches.fill(TestCaches.cache(this.manager, "b"), 90);
		failing.probe(NOW);
		assertThat(failing.readings()).extracting(CacheReading::alert).containsExactly("FILL", "FILL");
		assertThat(output).contains("alert of cache 'a' failed").contains("alert of cache 'b' failed");
	}

	@Test
	void probeWhenACacheCannotBeReadShouldSayItOnceAndReadTheOthers(CapturedOutput output) {
		CacheFamily fragile = new CacheFamily() {

			@Override
			public void visit(Object bean, Consumer<Cache> visitor) {
			}

			@Override
			public @Nullable CacheFigures read(Cache cache) {
				Assert.state(!"broken".equals(cache.getName()), "test");
				return null;
			}

		};
		CacheWatch fragileWatch = new CacheWatch(this.seenBeans, List.of(fragile, new ConcurrentMapCaches()), 0.8,
				this.events::add);
		TestCaches.cache(this.manager, "broken");
		TestCaches.cache(this.manager, "sound");
		fragileWatch.probe(NOW);
		fragileWatch.probe(NOW);
		assertThat(fragileWatch.readings()).extracting(CacheReading::name).containsExactly("sound");
		assertThat(output.getOut()).containsOnlyOnce("Cache 'broken' cannot be read");
	}

	@Test
	void readingsShouldBeImmutableAndTheLargest() {
		for (int i = 0; i < 250; i++) {
			TestCaches.fill(TestCaches.cache(this.manager, "cache" + i), i % 70);
		}
		this.watch.probe(NOW);
		List<CacheReading> readings = this.watch.readings();
		assertThat(readings).hasSize(CacheWatch.MAXIMUM_READINGS)
			.extracting(CacheReading::size)
			.startsWith(69L, 69L, 69L, 68L)
			.isSortedAccordingTo((a, b) -> Long.compare(b, a));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> readings.remove(0));
	}

	@Test
	void probeShouldMakeNoCacheAndShowNoneThatIsGone() {
		TestCaches.cache(this.manager, "gone");
		TestCaches.cache(this.manager, "stays");
		this.manager.removeCache("gone");
		this.watch.probe(NOW);
		assertThat(this.watch.readings()).extracting(CacheReading::name).containsExactly("stays");
		assertThat(this.manager.getCacheNames()).containsExactly("stays");
	}

	@Test
	void probeWhenACacheIsSeenTwiceShouldReadItOnce() {
		this.seenBeans.add("again", TestCaches.cache(this.manager, "orders"));
		this.watch.probe(NOW);
		assertThat(this.watch.readings()).extracting(CacheReading::bean).containsExactly("cacheManager");
	}

	@Test
	void watchShouldKeepNothingAlive() {
		WeakReference<Object> reference = watchedManager();
		this.watch.probe(NOW);
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			System.gc();
			return reference.refersTo(null);
		});
		this.watch.probe(NOW);
		assertThat(this.watch.readings()).isEmpty();
		assertThat(this.seenBeans.list()).hasSize(1);
	}

	@Test
	void seenBeansWhenThereAreTooManyShouldNotGrow() {
		List<Object> kept = new ArrayList<>();
		for (int i = 0; i < 2 * SeenBeans.MAXIMUM_BEANS; i++) {
			Object bean = new Object();
			kept.add(bean);
			this.seenBeans.add("bean" + i, bean);
		}
		assertThat(this.seenBeans.list()).hasSize(SeenBeans.MAXIMUM_BEANS);
		assertThat(kept).hasSize(2 * SeenBeans.MAXIMUM_BEANS);
	}

	private WeakReference<Object> watchedManager() {
		ConcurrentMapCacheManager gone = new BoundedConcurrentMapCacheManager((name) -> 10);
		TestCaches.fill(TestCaches.cache(gone, "gone"), 20);
		this.seenBeans.add("gone", gone);
		this.watch.probe(NOW);
		assertThat(this.watch.readings()).hasSize(1);
		return new WeakReference<>(gone);
	}

	private @Nullable String alert() {
		return this.watch.readings().get(0).alert();
	}

	private static void evictFrom(Cache cache, int from, int to) {
		for (int i = from; i < to; i++) {
			cache.evict(i);
		}
	}

}
