package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.hprof.HprofByteWriter;
import io.leakwatch.heap.hprof.HprofPart;
import io.leakwatch.heap.hprof.HprofSegmentWriter;
import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticArray;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticRoot;
import io.leakwatch.heap.hprof.SyntheticType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests of {@link HeapAnalysis} on dumps that are well formed, and odd: what no JVM of
 * today writes, or none should.
 */
class OddDumpTests {

	private final Path folder;

	OddDumpTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void openWhenDumpIsEmptyShouldHaveNoObjects() throws IOException {
		for (HprofWriter heap : List.of(new HprofWriter("1.0.1", 4), new HprofWriter("1.0.1", 8),
				new HprofWriter().after((records) -> records.heapDump(new HprofSegmentWriter(8))), new HprofWriter()
					.after((records) -> records.heapDumpSegment(new HprofSegmentWriter(8)).heapDumpEnd()))) {
			try (HeapAnalysis analysis = open(heap)) {
				assertThat(analysis.summary().objectCount()).isZero();
				assertThat(analysis.summary().damage()).isEmpty();
				assertThat(analysis.paths().size()).isOne();
				assertThat(analysis.graph().objectCount()).isZero();
				assertThat(analysis.graph().find(8)).isEqualTo(-1);
				assertThat(analysis.graph().reader().seek(8)).isFalse();
			}
		}
	}

	@Test
	void openWhenClassesAreACycleShouldCutIt() throws IOException {
		HprofWriter heap = new HprofWriter();
		SyntheticClass first = heap.declare("com.acme.First").references("a");
		SyntheticClass second = heap.declare("com.acme.Second").extending(first).references("b");
		SyntheticClass self = heap.declare("com.acme.Self").references("c");
		// By hand, since the writer of instances goes up the super classes.
		byte[] values = new byte[16];
		heap.subRecord((segment) -> segment.instanceDump(0x100, second.id(), 16, values)
			.instanceDump(0x120, self.id(), 8, new byte[8])
			.root(SyntheticRoot.UNKNOWN, 0x100, 0, -1)
			.classDump(0x200, 0x220, 0, 8, members().u2(0).u2(0).u2(0))
			.classDump(0x220, 0x240, 0, 8, members().u2(0).u2(0).u2(1).id(1).u1(2))
			.classDump(0x240, 0x200, 0, 8, members().u2(0).u2(0).u2(0))
			.classDump(0x260, 0x260, 0, 8, members().u2(0).u2(0).u2(0))
			.instanceDump(0x280, 0x200, 8, new byte[8])
			.instanceDump(0x2a0, 0x260, 0, new byte[0]));
		try (HeapAnalysis analysis = open(heap)) {
			assertThat(analysis.isReachable(analysis.graph().find(0x100))).isTrue();
			assertThat(analysis.graph().reader().seek(0x2a0)).isTrue();
			assertThat(analysis.graph().classes().find(0x260)).isNotNull();
		}
	}

	@Test
	void openWhenIdsAreWrongShouldTakeWhatIsThere() throws IOException {
		HprofWriter heap = new HprofWriter();
		SyntheticClass node = heap.declare("com.acme.Node").references("next");
		SyntheticInstance root = heap.instance(node).set("next", 0x7777_7777_7777_7770L);
		heap.root(SyntheticRoot.JNI_GLOBAL, root);
		heap.subRecord((segment) -> segment.root(SyntheticRoot.JNI_GLOBAL, 0x666_6660, 0, -1)
			.root(SyntheticRoot.THREAD_OBJECT, 0, 1, 1)
			.root(SyntheticRoot.JAVA_FRAME, root.id(), 99, 99)
			// Classes 0 and of no object, objects of unknown classes, and one without id.
			.classDump(0, 0, 0, 0, members().u2(0).u2(0).u2(0))
			.classDump(0x300, 0x12345, 0x54321, 0, members().u2(0).u2(0).u2(0))
			.instanceDump(0x400, 0x9990, 8, new byte[8])
			.objectArrayDump(0x420, 0x9990, 2, root.id(), 0x400)
			.instanceDump(0, node.id(), 8, new byte[8])
			.root(SyntheticRoot.UNKNOWN, 0x420, 0, -1));
		try (HeapAnalysis analysis = open(heap)) {
			assertThat(analysis.isReachable(analysis.graph().find(root.id()))).isTrue();
			assertThat(analysis.isReachable(analysis.graph().find(0x400))).isTrue();
			assertThat(analysis.classes()).anySatisfy((each) -> {
				assertThat(each.className()).isEqualTo("?");
				assertThat(each.count()).isEqualTo(2);
			});
			assertThat(analysis.paths().heldBytes(0)).isEqualTo(analysis.summary().shallowBytes());
		}
	}

	@Test
	void openWhenObjectsComeTwiceShouldNotFail() throws IOException {
		HprofWriter heap = new HprofWriter().segmentBytes(64);
		SyntheticClass node = heap.declare("com.acme.Node").references("next", "name");
		SyntheticInstance first = heap.instance(node);
		SyntheticInstance string = heap.string("text");
		first.set("next", first).set("name", string);
		heap.keep(first, string, first);
		heap.root(SyntheticRoot.JNI_GLOBAL, first);
		// The same address once as an array, once as an instance, once as a class.
		heap.subRecord((segment) -> segment.primitiveArrayDump(first.id(), 8, 1, new byte[1])
			.primitiveArrayDump(node.id(), 8, 1, new byte[1])
			.instanceDump(string.id(), node.id(), 16, new byte[16])
			.classDump(node.id(), 0, 0, 0, members().u2(0).u2(0).u2(0)));
		for (int threads : new int[] { 1, 4 }) {
			try (HeapAnalysis analysis = HeapAnalysis.open(file(heap), options().withThreads(threads))) {
				assertThat(analysis.isReachable(analysis.graph().find(first.id()))).isTrue();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void openWhenStringsHoldStringsShouldNotFail(boolean cycle) throws IOException {
		HprofWriter heap = new HprofWriter();
		SyntheticInstance a = heap.string("a");
		SyntheticInstance b = heap.string("b");
		SyntheticInstance c = heap.string("c");
		a.set("value", b);
		b.set("value", c);
		if (cycle) {
			c.set("value", a);
		}
		heap.root(SyntheticRoot.JNI_GLOBAL, b);
		try (HeapAnalysis analysis = open(heap)) {
			assertThat(analysis.isReachable(analysis.graph().find(b.id()))).isTrue();
			assertThat(analysis.paths().heldBytes(0)).isEqualTo(analysis.summary().shallowBytes());
			assertThat(analysis.graph().reader().text(a.id())).isNull();
		}
	}

	@Test
	void openWhenFileHasSeveralDumpsShouldTakeTheLastOrTheChosen() throws IOException {
		HprofWriter heap = new HprofWriter();
		SyntheticClass node = heap.declare("com.acme.Node");
		SyntheticInstance first = heap.instance(node);
		heap.nextDump().keep(first);
		heap.instance(node);
		heap.nextDump();
		heap.instance(node);
		Path file = file(heap);
		assertThat(instances(file, -1)).isEqualTo(1);
		assertThat(instances(file, 0)).isEqualTo(1);
		assertThat(instances(file, 1)).isEqualTo(2);
		assertThat(instances(file, 2)).isEqualTo(1);
		assertThatIOException().isThrownBy(() -> HeapAnalysis.open(file, options().withDumpNumber(3)))
			.withMessageContaining("3 heap dumps");
	}

	private long instances(Path file, int dump) throws IOException {
		try (HeapAnalysis analysis = HeapAnalysis.open(file, options().withDumpNumber(dump))) {
			return analysis.classes()
				.stream()
				.filter((each) -> each.className().equals("com.acme.Node"))
				.mapToLong((each) -> each.count() + each.unreachableCount())
				.sum();
		}
	}

	@Test
	void openWhenClassesComeLastShouldGiveTheSame() throws IOException {
		HeapSummary expected;
		try (HeapAnalysis analysis = open(SmallDumps.populated(new HprofWriter()))) {
			expected = analysis.summary();
		}
		HprofWriter late = SmallDumps
			.populated(new HprofWriter().segmentBytes(50).order(HprofPart.OBJECTS, HprofPart.CLASSES, HprofPart.ROOTS));
		try (HeapAnalysis analysis = open(late.namesLast())) {
			assertThat(analysis.summary().shallowBytes()).isEqualTo(expected.shallowBytes());
			assertThat(analysis.summary().objectCount()).isEqualTo(expected.objectCount());
			assertThat(analysis.summary().unreachableCount()).isEqualTo(expected.unreachableCount());
		}
	}

	@Test
	void openWhenAndroidShouldReadItsRecordsAndNames() throws IOException {
		HprofWriter heap = new HprofWriter("1.0.3", 4).at(0xffff_0000L).withoutStickyClasses();
		SyntheticInstance text = heap.string("text");
		SyntheticArray array = heap.array(heap.stringClass(), text);
		SyntheticArray nested = heap.array(array.type(), array);
		SyntheticInstance lost = heap.string("lost");
		heap.root(SyntheticRoot.INTERNED_STRING, text).root(SyntheticRoot.VM_INTERNAL, nested);
		heap.root(SyntheticRoot.UNREACHABLE, lost);
		heap.subRecord((segment) -> segment.heapDumpInfo(65, heap.nameId("zygote"))
			.primitiveArrayWithoutData(0x30, SyntheticType.LONG.code(), 5)
			.root(SyntheticRoot.FINALIZING, 0x30, 0, -1));
		try (HeapAnalysis analysis = open(heap)) {
			assertThat(analysis.graph().roots()).extracting(GcRoot::kind)
				.containsExactlyInAnyOrder(GcRoot.Kind.INTERNED_STRING, GcRoot.Kind.OTHER, GcRoot.Kind.FINALIZER);
			assertThat(analysis.isReachable(analysis.graph().find(lost.id()))).isFalse();
			assertThat(analysis.isReachable(analysis.graph().find(0x30))).isTrue();
			assertThat(analysis.classes()).extracting(ClassUse::className)
				.contains("[J", "[B", "[Ljava.lang.String;", "[[Ljava.lang.String;");
			assertThat(analysis.graph().reader().text(text.id())).isEqualTo("text");
		}
	}

	@Test
	void openWhenGarbageFollowsShouldTell() throws IOException {
		HprofWriter heap = SmallDumps.populated(new HprofWriter()).after((records) -> records.raw(new byte[100]));
		try (HeapAnalysis analysis = open(heap)) {
			assertThat(analysis.summary().damage()).singleElement()
				.asString()
				.contains("is no record and was left out");
			assertThat(analysis.summary().objectCount()).isPositive();
		}
	}

	@Test
	void openWhenInstancesAreTooShortOrTooLongShouldReadWhatIsThere() throws IOException {
		HprofWriter heap = new HprofWriter();
		SyntheticClass node = heap.declare("com.acme.Node").references("a", "b").field("id", SyntheticType.INT);
		SyntheticInstance target = heap.instance(node);
		List<Consumer<HprofSegmentWriter>> records = List.of(
				(segment) -> segment.instanceDump(0x100, node.id(), 8, id(target.id()).toBytes()),
				(segment) -> segment.instanceDump(0x120, node.id(), 12, id(target.id()).u4(7).toBytes()),
				(segment) -> segment.instanceDump(0x140, node.id(), 0, new byte[0]),
				(segment) -> segment.instanceDump(0x160, node.id(), 1000, new byte[1000]));
		records.forEach(heap::subRecord);
		heap.subRecord((segment) -> segment.root(SyntheticRoot.UNKNOWN, 0x100, 0, -1));
		try (HeapAnalysis analysis = open(heap)) {
			assertThat(analysis.isReachable(analysis.graph().find(target.id()))).isTrue();
			var reader = analysis.graph().reader();
			assertThat(reader.seek(0x120)).isTrue();
			assertThat(reader.reference("a")).isEqualTo(target.id());
			assertThat(reader.reference("b")).isZero();
			assertThat(reader.intValue("id")).isZero();
		}
	}

	@Test
	void openWhenARootIsALeafShouldNameTheRoot() throws IOException {
		HprofWriter heap = new HprofWriter();
		heap.root(SyntheticRoot.JNI_GLOBAL, heap.string("held by native code"));
		SyntheticInstance reference = heap.instance(heap.referenceClass("java.lang.ref.SoftReference"))
			.set("referent", heap.primitiveArray(new byte[1000]));
		heap.root(SyntheticRoot.MONITOR_USED, reference);
		try (HeapAnalysis analysis = open(heap)) {
			assertThat(analysis.summary().unreachableCount()).isZero();
			var paths = analysis.paths();
			assertThat(IntStream.range(0, paths.childCount(0))
				.map((i) -> paths.child(0, i))
				.mapToObj((node) -> paths.field(node) + " " + paths.className(node)))
				.contains("JNI global java.lang.String", "soft references [B");
		}
	}

	private static HprofByteWriter members() {
		return new HprofByteWriter(8);
	}

	private static HprofByteWriter id(long id) {
		return new HprofByteWriter(8).id(id);
	}

	private HeapAnalysis open(HprofWriter heap) throws IOException {
		return HeapAnalysis.open(file(heap), options());
	}

	private Path file(HprofWriter heap) {
		return heap.writeTo(this.folder.resolve("odd.hprof"));
	}

	private HeapOptions options() {
		return HeapOptions.defaults().withTemporaryDirectory(this.folder).withMemoryBytes(8 << 20).withThreads(1);
	}

}
