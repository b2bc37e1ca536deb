package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the tables of comparisons.
 */
class HeapDiffTextTests {

	private static final String HOLDER = "bean 'orders' → com.acme.orders.storage.OrderService.recent (java.util.concurrent.ConcurrentHashMap)";

	@Test
	void textByPathShouldHaveTheHolderCutInTheMiddleAndTheWholePathBelow() {
		PathRowDescriptor row = row(HOLDER, HOLDER + " → [*] (com.acme.Order)", true);
		String text = HeapDiffText.of(diff("path", List.of(row), 2, row));
		assertThat(text).containsSubsequence("GROWS: what grew in each of the 2 intervals", "HOLDER", "OF CLASS",
				"OBJECTS", "HELD", "RETAINED", "SHARE", "GROWS", "bean 'orders' → com.acme.orders.st…",
				"ConcurrentHashMap)", "com.acme.Order", "+90", "+1.0 MB", "75.0 %", "yes");
		assertThat(text).contains("""
				Grown most: +90 objects of class com.acme.Order, +1.0 MB, held by
				  bean 'orders'
				   → com.acme.orders.storage.OrderService.recent (java.util.concurrent.ConcurrentHashMap)
				   → [*] (com.acme.Order)
				""");
	}

	@Test
	void textWhenAPathIsLongShouldLeaveOutItsMiddle() {
		String path = IntStream.range(0, 100)
			.mapToObj((step) -> "field" + step + "(C)")
			.collect(Collectors.joining(" → "));
		PathRowDescriptor row = row("holder", path, null);
		assertThat(HeapDiffText.of(diff("class", List.of(), null, row)))
			.contains("field9(C)\n   → …\n   → field90(C)", "field99(C)")
			.doesNotContain("field50");
	}

	@Test
	void textWhenNobodyKnowsShouldLeaveColumnsOut() {
		ClassRowDescriptor row = new ClassRowDescriptor("com.acme.Order", 1, 3, 2, 16, 48, 32, null, null, null, 1.0,
				null);
		assertThat(HeapDiffText.of(diff("class", List.of(row), null, null))).isEqualTo("""

				  CLASS           BEFORE  AFTER  OBJECTS  BYTES
				  com.acme.Order       1      3       +2  +32 B
				""");
	}

	@Test
	void textByBeanShouldTellContextAndScope() {
		BeanRowDescriptor row = new BeanRowDescriptor("cart", "com.acme.Cart", "management", "scoped", 2, 7, 5, 0, 2048,
				2048, null, 2048L, null, null, null, null, 0.5, false, null);
		assertThat(HeapDiffText.of(diff("bean", List.of(row), 2, null)))
			.containsSubsequence("BEAN", "OF CLASS", "HELD", "SHARE", "GROWS",
					"cart (context management) (7 of a scope)", "com.acme.Cart", "+2.0 KB", "50.0 %", "no")
			.doesNotContain("RETAINED", "SHARED", "null");
	}

	@Test
	void textByLoaderShouldTellWhatHoldsThem() {
		LoaderRowDescriptor row = new LoaderRowDescriptor("plugins", "com.acme.PluginLoader", HOLDER, 1, 4, 3, 10, 40,
				30, 0, 1024, 1024, 0L, 4096L, 4096L, 0.25, true);
		assertThat(HeapDiffText.of(diff("loader", List.of(row), 2, null))).containsSubsequence("CLASS LOADER",
				"LOADERS", "CLASSES", "RETAINED", "SHARE", "GROWS", "HELD BY", "plugins", "+3", "+30", "+1.0 KB",
				"+4.0 KB", "25.0 %", "yes", "bean 'orders'");
	}

	private static PathRowDescriptor row(String holder, String path, @Nullable Boolean growing) {
		return new PathRowDescriptor(holder, path, "com.acme.Order", 10, 100, 90, 100, 200, 100, 0, 1 << 20, 1 << 20,
				0L, 1L << 20, 1L << 20, 0.75, growing);
	}

	private static HeapDiffDescriptor diff(String by, List<? extends DiffRowDescriptor> rows,
			@Nullable Integer intervals, @Nullable PathRowDescriptor topPath) {
		return new HeapDiffDescriptor(by, null, null, 0, 0, 0, null, rows, intervals, topPath);
	}

}
