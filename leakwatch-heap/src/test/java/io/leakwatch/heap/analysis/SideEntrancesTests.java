package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.profile.PathTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SideEntrances}.
 */
class SideEntrancesTests {

	private static final int ENTRIES = 20;

	private final Path folder;

	private final HprofWriter heap = new HprofWriter().jdkClasses();

	SideEntrancesTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.github.benmanes.caffeine.cache.", "com.acme.shaded.caffeine.cache." })
	void pathsWhenEntriesAreChainedBesidesShouldCountThemAtTheMap(String caffeine) throws IOException {
		SyntheticClass entry = this.heap.declare(caffeine + "PSMS").references("value", "next");
		SyntheticClass bin = this.heap.declare("com.acme.Bin").references("val");
		SyntheticInstance[] entries = IntStream.range(0, ENTRIES)
			.mapToObj((i) -> this.heap.instance(entry))
			.toArray(SyntheticInstance[]::new);
		for (int i = 1; i < ENTRIES; i++) {
			entries[i - 1].set("next", entries[i]);
		}
		SyntheticClass deque = this.heap.declare(caffeine + "AccessOrderDeque")
			.extending(this.heap.declare(caffeine + "AbstractLinkedDeque").references("first", "last"));
		SyntheticClass cache = this.heap.declare(caffeine + "SSMS").references("deque", "data");
		this.heap.declare("com.acme.Quotes")
			.staticField("CACHE",
					this.heap.instance(cache)
						.set("deque",
								this.heap.instance(deque).set("first", entries[0]).set("last", entries[ENTRIES - 1]))
						.set("data",
								this.heap.array(bin,
										IntStream.range(0, ENTRIES)
											.mapToObj((i) -> this.heap.instance(bin).set("val", entries[i]))
											.toArray(SyntheticInstance[]::new))));
		assertThat(pathsTo(caffeine + "PSMS")).singleElement()
			.asString()
			.startsWith(ENTRIES + " static com.acme.Quotes.CACHE")
			.contains("com.acme.Bin.val")
			.doesNotContain("first");
	}

	@Test
	void pathsWhenNothingElseLeadsToEntriesShouldTakeTheSideEntrance() throws IOException {
		SyntheticClass entry = this.heap.declare("com.acme.Entry").references("after");
		SyntheticClass map = this.heap.declare("java.util.LinkedHashMap").references("head", "tail");
		this.heap.declare("com.acme.Quotes")
			.staticField("CACHE", this.heap.instance(map)
				.set("head", this.heap.instance(entry).set("after", this.heap.instance(entry))));
		assertThat(pathsTo("com.acme.Entry")).isNotEmpty()
			.allSatisfy((path) -> assertThat(path).contains("static com.acme.Quotes.CACHE",
					"java.util.LinkedHashMap.head"));
	}

	@Test
	void pathsWhenReferencesWaitToBeEnqueuedShouldNotBlameTheFirst() throws IOException {
		SyntheticClass reference = this.heap.declare("com.acme.Key")
			.extending(this.heap.declare("java.lang.ref.WeakReference")
				.extending(this.heap.declare("java.lang.ref.Reference").references("referent", "queue", "discovered")));
		SyntheticInstance last = this.heap.instance(reference);
		SyntheticInstance first = this.heap.instance(reference)
			.set("discovered", this.heap.instance(reference).set("discovered", last));
		this.heap.declare("com.acme.Keys").staticField("FIRST", first);
		assertThat(pathsTo("com.acme.Key")).containsExactlyInAnyOrder("1 static com.acme.Keys.FIRST (com.acme.Key)",
				"2 references waiting to be enqueued (com.acme.Key)");
	}

	/** How many objects of a class there are, and by which path. */
	private List<String> pathsTo(String className) throws IOException {
		Path dump = this.heap.writeTo(this.folder.resolve("heap.hprof"));
		try (HeapAnalysis analysis = HeapAnalysis.open(dump,
				HeapOptions.defaults().withTemporaryDirectory(this.folder))) {
			PathTree paths = analysis.paths();
			return IntStream.range(1, paths.size())
				.filter((node) -> paths.className(node).equals(className))
				.mapToObj((node) -> paths.count(node) + " " + paths.path(node))
				.toList();
		}
	}

}
