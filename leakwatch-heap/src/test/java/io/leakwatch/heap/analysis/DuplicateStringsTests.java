package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ProgressListener;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticArray;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticObject;
import io.leakwatch.heap.memory.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeapAnalysis#duplicateStrings()}.
 */
class DuplicateStringsTests {

	private final Path folder;

	private final HprofWriter heap = new HprofWriter().jdkClasses();

	private final SyntheticClass shop = this.heap.declare("com.acme.Shop");

	private int holders;

	DuplicateStringsTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void equalTextsInSeveralArraysShouldBeCopies() throws IOException {
		SyntheticInstance first = hold(this.heap.string("a text of some length"));
		SyntheticInstance second = hold(this.heap.string("a text of some length"));
		SyntheticInstance third = hold(this.heap.string("a text of some length"));
		hold(this.heap.string("a text of some lengtH"));
		hold(this.heap.string(""));
		hold(this.heap.string(""));
		this.heap.string("a text of some length");
		try (HeapAnalysis analysis = open()) {
			DuplicateStrings strings = analysis.duplicateStrings();
			assertThat(strings.arrayCount()).isEqualTo(6);
			assertThat(strings.duplicateCount()).isEqualTo(3);
			assertThat(strings.atLeast()).isFalse();
			assertThat(strings.texts()).extracting(DuplicateString::length).containsExactly(21, 0);
			DuplicateString text = strings.texts().get(0);
			assertThat(text.count()).isEqualTo(3);
			assertThat(text.exampleId()).isIn(first.id(), second.id(), third.id());
			assertThat(text.holder()).startsWith("static com.acme.Shop.f");
			long copy = analysis.graph().layout().arrayBytes(8, 21)
					+ analysis.graph().classes().string().instanceBytes();
			assertThat(text.wastedBytes()).isEqualTo(2 * copy);
			assertThat(strings.wastedBytes()).isEqualTo(2 * copy + strings.texts().get(1).wastedBytes());
		}
	}

	@Test
	void arrayThatSeveralStringsShareShouldBeOneCopy() throws IOException {
		hold(this.heap.string("other"));
		SyntheticClass string = this.heap.stringClass();
		SyntheticArray characters = this.heap.primitiveArray(new byte[] { 'x', 'y' });
		hold(this.heap.instance(string).set("value", characters));
		hold(this.heap.instance(string).set("value", characters));
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.duplicateStrings().arrayCount()).isEqualTo(2);
			assertThat(analysis.duplicateStrings().duplicateCount()).isZero();
			assertThat(analysis.duplicateStrings().texts()).isEmpty();
		}
	}

	@Test
	void holderShouldBeTheOneOfMostCopies() throws IOException {
		SyntheticClass order = this.heap.declare("com.acme.Order").references("currency", "next");
		hold(this.heap.string("EUR"));
		SyntheticInstance last = null;
		for (int i = 0; i < 20; i++) {
			last = this.heap.instance(order).set("currency", this.heap.string("EUR")).set("next", last);
		}
		this.shop.staticField("ORDERS", last);
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.duplicateStrings().texts()).singleElement().satisfies((text) -> {
				assertThat(text.count()).isEqualTo(21);
				assertThat(text.holder()).isEqualTo("static com.acme.Shop.ORDERS (com.acme.Order)"
						+ " → com.acme.Order.currency (java.lang.String)");
			});
		}
	}

	@Test
	void longTextsThatDifferInTheLastCharacterShouldBeNoCopies() throws IOException {
		String text = "0123456789abcdef".repeat(2_000);
		hold(this.heap.string(text + "1"));
		hold(this.heap.string(text + "2"));
		hold(this.heap.string(text + "2"));
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.duplicateStrings().duplicateCount()).isEqualTo(1);
		}
	}

	@Test
	void copiesShouldBeThoseThatAPlainCountFinds() throws IOException {
		Random random = new Random(11);
		Map<String, Integer> counts = new HashMap<>();
		SyntheticObject[] strings = new SyntheticObject[6_000];
		for (int i = 0; i < strings.length; i++) {
			String text = "t".repeat(random.nextInt(30)) + random.nextInt(100);
			counts.merge(text, 1, Integer::sum);
			strings[i] = this.heap.string(text);
		}
		this.shop.staticField("ALL", this.heap.array(this.heap.objectClass(), strings));
		try (HeapAnalysis analysis = open()) {
			DuplicateStrings found = analysis.duplicateStrings();
			assertThat(found.atLeast()).isFalse();
			assertThat(found.arrayCount()).isEqualTo(strings.length);
			assertThat(found.duplicateCount()).isEqualTo(strings.length - counts.size());
			Set<List<Long>> kinds = new HashSet<>();
			counts.forEach((text, count) -> kinds.add(List.of((long) text.length(), (long) count)));
			assertThat(found.texts()).hasSize(100)
				.allSatisfy((text) -> assertThat(kinds).contains(List.of((long) text.length(), text.count())));
		}
	}

	@Test
	void tableWhenThereAreTooManyTextsShouldKeepThoseWithManyCopies() throws IOException {
		hold(this.heap.string("x"));
		Path dump = this.heap.writeTo(this.folder.resolve("test.hprof"));
		try (Memory memory = new Memory(1 << 20, this.folder)) {
			HprofFile file = HprofFile.open(dump, memory);
			HeapGraph graph = HeapGraph.read(file, file.dumps().get(0), memory,
					new Work(1, () -> false, ProgressListener.NONE));
			int array = graph.objectCount() - 1;
			while (graph.holder(array) < graph.innerCount()) {
				array--;
			}
			PathTrie trie = new PathTrie(10);
			FieldNames fields = new FieldNames(graph);
			int node = trie.child(trie.rootChild(fields.number("static com.acme.Shop.TEXTS"), 1), fields.number("f"),
					2);
			StringCopies copies = new StringCopies(memory, 1);
			StringCopies.Writer writer = copies.writer();
			for (int i = 0; i < 200_000; i++) {
				writer.add((i + 1) * 0x9e37_79b9_7f4a_7c15L, 7, 8, array, node);
				if (i % 10 == 0) {
					writer.add(0x1234_5678_9abc_def0L, 9, 8, array, node);
				}
			}
			DuplicateStrings strings = copies.result(graph, trie, new HolderWords(trie, fields));
			assertThat(strings.atLeast()).isTrue();
			assertThat(strings.arrayCount()).isEqualTo(220_000);
			assertThat(strings.texts()).singleElement().satisfies((text) -> {
				assertThat(text.length()).isEqualTo(9);
				assertThat(text.count()).isBetween(19_900L, 20_000L);
			});
		}
	}

	private SyntheticInstance hold(SyntheticInstance object) {
		this.shop.staticField("f" + this.holders++, object);
		return object;
	}

	private HeapAnalysis open() throws IOException {
		return HeapAnalysis.open(this.heap.writeTo(this.folder.resolve("test.hprof")), HeapOptions.defaults());
	}

}
