package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.leakwatch.heap.DumpedJvm;
import io.leakwatch.heap.diff.BeanDelta;
import io.leakwatch.heap.diff.HeapDiff;
import io.leakwatch.heap.diff.PathDelta;
import io.leakwatch.heap.fixture.SpringFixture;
import io.leakwatch.heap.profile.BeanUse;
import io.leakwatch.heap.profile.HeapProfile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link SpringBeans} on dumps of JVMs with real Spring contexts, in the order of
 * addresses and in that of a walk.
 */
class SpringBeansJvmTests {

	private static final String FIXTURE = "io.leakwatch.heap.fixture.SpringFixture$";

	private final Path folder;

	SpringBeansJvmTests(@TempDir Path folder) {
		this.folder = folder;
	}

	static Stream<String> collectors() {
		return Stream.of("-XX:+UseSerialGC", "-XX:+UseZGC");
	}

	@ParameterizedTest
	@MethodSource("collectors")
	void beansShouldBeThoseOfTheContexts(String collector) throws IOException {
		HeapProfile before = profile(collector, 1_000);
		HeapProfile after = profile(collector, 11_000);
		check(before);
		BeanDelta first = HeapDiff.between(before, after).beans().get(0);
		assertThat(first.label()).isEqualTo("bean 'orders'");
		assertThat(first.className()).isEqualTo(FIXTURE + "Orders");
		assertThat(first.retainedBytesDelta()).isGreaterThan(10_000 * 200);
		assertThat(first.shareOfGrowth()).isGreaterThan(0.5);
		PathDelta grown = Objects.requireNonNull(first.grown());
		assertThat(grown.countDelta()).isEqualTo(10_000);
		assertThat(grown.className()).isEqualTo(FIXTURE + "Order");
		assertThat(grown.holder()).isEqualTo("bean 'orders' → " + FIXTURE + "Orders.recent (java.util.ArrayList)");
	}

	private static void check(HeapProfile profile) {
		List<BeanUse> beans = profile.beans();
		assertThat(beans).extracting(BeanUse::name)
			.contains("orders", "catalog", "prices", "rates", "managed")
			.doesNotContain("neverMade");
		assertThat(find(beans, "bean 'orders'").retainedBytes()).isGreaterThan(1_000 * 200);
		assertThat(find(beans, "bean 'catalog'").className()).isEqualTo(FIXTURE + "StoredCatalog");
		assertThat(find(beans, "bean 'catalog'").retainedBytes()).isBetween(200_000L, 250_000L);
		assertThat(find(beans, "bean 'prices'").className()).isEqualTo(FIXTURE + "Prices");
		assertThat(find(beans, "bean 'prices'").retainedBytes()).isBetween(80_000L, 180_000L);
		assertThat(find(beans, "bean 'rates'").className()).isEqualTo(FIXTURE + "Rates");
		assertThat(find(beans, "bean 'rates'").retainedBytes()).isBetween(50_000L, 60_000L);
		assertThat(beans).extracting(BeanUse::label)
			.contains("bean 'clock' of context 'shop'", "bean 'clock' of context 'management'");
		assertThat(beans).filteredOn((bean) -> bean.name().endsWith("ShopConfiguration"))
			.singleElement()
			.satisfies((bean) -> assertThat(bean.className()).isEqualTo(FIXTURE + "ShopConfiguration"));
	}

	private static BeanUse find(List<BeanUse> beans, String label) {
		return beans.stream().filter((bean) -> bean.label().equals(label)).findFirst().orElseThrow();
	}

	private HeapProfile profile(String collector, int orders) throws IOException {
		Path file = this.folder.resolve(orders + ".hprof");
		try (DumpedJvm jvm = DumpedJvm.start(DumpedJvm.javaHomes().get(0), SpringFixture.class,
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), collector,
				"-Xmx128m", "-Dfixture.orders=" + orders)) {
			jvm.dumpLive(file);
		}
		try (HeapAnalysis analysis = HeapAnalysis.open(file,
				HeapOptions.defaults().withTemporaryDirectory(this.folder))) {
			return analysis.profile("orders");
		}
	}

}
