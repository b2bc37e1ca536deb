package io.leakwatch.example.heapdump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.leakwatch.example.client.ShopClient;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the heap dumps of the packaged service say of its leaks, on every collector.
 *
 * <p>
 * By default all leaks share one pair of dumps, on one collector, which is not the same
 * for older and newer JDKs; {@code -Dleakwatch.test.pairs=all} takes a pair for each leak
 * on each collector, which takes some minutes.
 */
class HeapDumpDiffIT {

	private static final List<Expected> LEAKS = List.of(
			new Expected("map-in-bean", "mapInBeanLeak",
					"bean 'mapInBeanLeak' → io.leakwatch.example.leak.map.MapInBeanLeak.traces"),
			new Expected("listener", "saleFeed",
					"bean 'saleFeed' → io.leakwatch.example.leak.listener.SaleFeed.listeners"),
			new Expected("static-list", null, "static io.leakwatch.example.leak.staticlist.StaticListLeak.ENTRIES"),
			new Expected("thread-local", null, "thread group 'receipt-printer-#'"),
			new Expected("session", null, "org.apache.catalina.session.ManagerBase.sessions"),
			new Expected("unbounded-cache", "cacheManager", "bean 'cacheManager'"));

	static Stream<String> collectors() {
		List<String> names = isWhole() ? List.of("G1", "Parallel", "Serial", "Z", "Shenandoah")
				: List.of((Runtime.version().feature() < 21) ? "G1" : "Z");
		return names.stream().map((name) -> "-XX:+Use" + name + "GC");
	}

	private static boolean isWhole() {
		return "all".equals(System.getProperty("leakwatch.test.pairs"));
	}

	@ParameterizedTest
	@MethodSource("collectors")
	void diffWhenLeaksGrewShouldRankTheirHoldersFirst(String collector, @TempDir Path folder) throws Exception {
		if (isWhole()) {
			assertEachLeakRanksFirst(collector, folder);
		}
		else {
			assertAllLeaksRankFirst(collector, folder);
		}
	}

	private static void assertAllLeaksRankFirst(String collector, Path folder) throws Exception {
		try (ShopProcess process = start(collector, folder)) {
			ShopClient shop = process.client();
			GrownLeaks.warmUp(shop);
			shop.takeHeapDump("before");
			Map<String, Long> grown = GrownLeaks.grow(shop, LEAKS.stream().map(Expected::id).toList());
			shop.takeHeapDump("after");
			JsonNode rows = rows(shop, "path", "before", "after", LEAKS.size());
			for (Expected leak : LEAKS) {
				JsonNode row = rows.valueStream()
					.filter((each) -> each.get("holder").asString().contains(leak.holder()))
					.findFirst()
					.orElseThrow(() -> new AssertionError(leak + " is not among the first " + rows));
				assertCount(row, leak, grown);
			}
		}
	}

	private static void assertEachLeakRanksFirst(String collector, Path folder) throws Exception {
		try (ShopProcess process = start(collector, folder)) {
			ShopClient shop = process.client();
			GrownLeaks.warmUp(shop);
			shop.takeHeapDump("before map-in-bean");
			Map<String, Long> grown = new TreeMap<>();
			for (int i = 0; i < LEAKS.size(); i++) {
				grown.putAll(GrownLeaks.grow(shop, List.of(LEAKS.get(i).id())));
				shop.takeHeapDump("before " + ((i + 1 < LEAKS.size()) ? LEAKS.get(i + 1).id() : "end"));
			}
			for (int i = 0; i < LEAKS.size(); i++) {
				Expected leak = LEAKS.get(i);
				String from = "before%20" + leak.id();
				String to = "before%20" + ((i + 1 < LEAKS.size()) ? LEAKS.get(i + 1).id() : "end");
				JsonNode row = rows(shop, "path", from, to, 1).get(0);
				assertThat(row.get("holder").asString()).contains(leak.holder());
				assertCount(row, leak, grown);
				if (leak.bean() != null) {
					JsonNode bean = rows(shop, "bean", from, to, 1).get(0);
					assertThat(bean.get("name").asString()).isEqualTo(leak.bean());
				}
			}
		}
	}

	private static void assertCount(JsonNode row, Expected leak, Map<String, Long> grown) {
		assertThat(row.get("countDelta").asLong()).as("what grew in %s of %s", row, leak)
			.isCloseTo(grown.getOrDefault(leak.id(), 0L), Percentage.withPercentage(1));
	}

	private static JsonNode rows(ShopClient shop, String by, String from, String to, int top) {
		JsonNode rows = shop.get(ShopClient.DIFF + "?by=" + by + "&from=" + from + "&to=" + to + "&top=" + top)
			.get("rows");
		assertThat(rows.size()).as("rows by " + by).isPositive();
		return rows;
	}

	private static ShopProcess start(String collector, Path folder) throws IOException {
		return ShopProcess.start(folder, List.of("-Xmx256m", collector), "shop.orders.keep=500ms",
				"shop.orders.cleanup-interval=500ms", "leakwatch.snapshots.heap-dump-cool-down=0s");
	}

	/**
	 * What is to be said of a leak.
	 *
	 * @param id its name in URLs
	 * @param bean the bean that holds what leaked, {@code null} where none does
	 * @param holder what the holder begins with, or names
	 */
	private record Expected(String id, @Nullable String bean, String holder) {
	}

}
