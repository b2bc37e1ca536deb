package io.leakwatch.heap.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.leakwatch.heap.graph.Shapes.OBJECT;
import static io.leakwatch.heap.graph.Shapes.shape;
import static io.leakwatch.heap.graph.Shapes.type;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObjectLayout} and {@link LayoutEvidence}.
 */
class ObjectLayoutTests {

	private static final int[] ARRAY_TYPES = { 2, 4, 5, 6, 7, 8, 9, 10, 11 };

	static Stream<VmParameters> layouts() {
		return Stream.of(new VmParameters(8, 8, 4, 12, 8), new VmParameters(8, 8, 8, 16, 8),
				new VmParameters(11, 8, 4, 12, 16), new VmParameters(17, 8, 4, 12, 8),
				new VmParameters(17, 8, 8, 12, 8), new VmParameters(17, 8, 8, 16, 8), new VmParameters(17, 8, 4, 16, 8),
				new VmParameters(17, 8, 4, 12, 32), new VmParameters(25, 8, 4, 8, 8), new VmParameters(25, 8, 8, 8, 8),
				new VmParameters(25, 8, 4, 8, 16), new VmParameters(25, 8, 8, 16, 8), new VmParameters(25, 8, 8, 12, 8),
				new VmParameters(8, 4, 4, 8, 8), new VmParameters(17, 4, 4, 8, 8));
	}

	@ParameterizedTest
	@MethodSource("layouts")
	void inferWhenHeapIsSparseShouldFindTheLayout(VmParameters vm) {
		Random random = new Random(42);
		List<ClassShape> classes = classes(random);
		LayoutEvidence evidence = evidence(vm, classes, random, 0.3);
		ObjectLayout layout = ObjectLayout.infer(vm.wordBytes(), evidence, null);
		FieldPacking expected = vm.packing();
		assertThat(classes)
			.allSatisfy((shape) -> assertThat(layout.instanceBytes(shape)).isEqualTo(expected.instanceBytes(shape)));
		for (int type : ARRAY_TYPES) {
			long bytes = vm.arrayBase(type) + 77L * FieldCounts.elementBytes(type, vm.referenceBytes());
			assertThat(layout.arrayBytes(type, 77)).isEqualTo(vm.objectBytes(bytes));
		}
	}

	@ParameterizedTest
	@MethodSource("layouts")
	void inferWhenVersionIsKnownShouldFindTheLayoutFromFewObjects(VmParameters vm) {
		Random random = new Random(7);
		List<ClassShape> classes = classes(random);
		LayoutEvidence evidence = evidence(vm, classes.subList(0, 40), random, 0);
		String version = (vm.release() == 8) ? "1.8.0_392" : vm.release() + ".0.15";
		ObjectLayout layout = ObjectLayout.infer(vm.wordBytes(), evidence, version);
		FieldPacking expected = vm.packing();
		assertThat(classes)
			.allSatisfy((shape) -> assertThat(layout.instanceBytes(shape)).isEqualTo(expected.instanceBytes(shape)));
	}

	@Test
	void inferWhenWithoutEvidenceShouldTakeTheDefault() {
		ObjectLayout layout = ObjectLayout.infer(8, new LayoutEvidence(), "21.0.2+13-LTS");
		assertThat(layout.describe())
			.isEqualTo("compressed references and class pointers, 8-byte alignment, fields as since JDK 15");
		assertThat(layout.instanceBytes(OBJECT)).isEqualTo(16);
	}

	@Test
	void inferWhenNoLayoutFitsShouldTakeTheDeclaredSizes() {
		LayoutEvidence evidence = new LayoutEvidence();
		for (int i = 0; i < 200; i++) {
			evidence.addInstance(shape("X" + i, null, "L".repeat(i + 1)), 8);
		}
		ObjectLayout layout = ObjectLayout.infer(8, evidence, null);
		assertThat(layout.describe()).isEqualTo("sizes as the dump declares them");
		ClassShape mirrored = shape("X", null, "LI", "JZ");
		assertThat(layout.instanceBytes(mirrored)).isEqualTo(12);
		assertThat(layout.arrayBytes(type('I'), 3)).isEqualTo(12);
		assertThat(layout.classMirrorBytes(shape("java.lang.Class", null, "LL"), mirrored)).isEqualTo(25);
	}

	@Test
	void inferWhenAClassNeverFitsShouldBelieveTheNeighbours() {
		VmParameters vm = new VmParameters(17, 8, 4, 12, 8);
		Random random = new Random(1);
		List<ClassShape> classes = classes(random);
		LayoutEvidence evidence = evidence(vm, classes, random, 0.01);
		ClassShape padded = shape("java.util.concurrent.Padded", null, "J");
		ClassShape followed = shape("Followed", null, "J");
		ClassShape shorter = shape("Shorter", null, "JJJ");
		for (int i = 0; i < 5; i++) {
			evidence.addInstance(padded, 280);
			evidence.addInstance(followed, 280 + 8 * i);
			evidence.addInstance(shorter, (i == 3) ? 24 : 40);
		}
		ObjectLayout layout = ObjectLayout.infer(8, evidence, "17");
		assertThat(layout.instanceBytes(padded)).isEqualTo(280);
		assertThat(layout.instanceBytes(followed)).isEqualTo(24);
		assertThat(layout.instanceBytes(shorter)).isEqualTo(24);
		assertThat(layout.describe()).endsWith(", 2 classes as their neighbours show");
	}

	@Test
	void inferWhenHeapIsSparseShouldNotTakeGarbageForAPartOfAnObject() {
		VmParameters vm = new VmParameters(17, 8, 4, 12, 8);
		Random random = new Random(1);
		LayoutEvidence evidence = evidence(vm, classes(random), random, 0.5);
		ClassShape beforeGarbage = shape("BeforeGarbage", null, "J");
		for (int i = 0; i < 5; i++) {
			evidence.addInstance(beforeGarbage, 48);
		}
		assertThat(ObjectLayout.infer(8, evidence, "17").instanceBytes(beforeGarbage)).isEqualTo(24);
	}

	@Test
	void arrayBytesShouldFollowTheRelease() {
		ObjectLayout old = layout(new VmParameters(17, 8, 8, 16, 8));
		ObjectLayout now = layout(new VmParameters(25, 8, 8, 16, 8));
		ObjectLayout compact = layout(new VmParameters(25, 8, 4, 8, 8));
		assertThat(old.arrayBytes(type('B'), 4)).isEqualTo(32);
		assertThat(now.arrayBytes(type('B'), 4)).isEqualTo(24);
		assertThat(compact.arrayBytes(type('B'), 4)).isEqualTo(16);
		assertThat(old.arrayBytes(type('L'), 1)).isEqualTo(32);
		assertThat(now.arrayBytes(type('L'), 1)).isEqualTo(32);
		assertThat(compact.arrayBytes(type('L'), 1)).isEqualTo(16);
		assertThat(compact.arrayBytes(type('J'), 1)).isEqualTo(24);
		assertThat(compact.arrayBytes(type('J'), 1L << 40)).isEqualTo(16 + (8L << 40));
	}

	@Test
	void stackChunkBytesShouldAddTheFramesAndTheirBitmap() {
		ClassShape chunk = shape("jdk.internal.vm.StackChunk", null, "LIII");
		assertThat(layout(new VmParameters(25, 8, 4, 12, 8)).stackChunkBytes(chunk, 100)).isEqualTo(48 + 800 + 32);
		assertThat(layout(new VmParameters(25, 8, 8, 12, 8)).stackChunkBytes(chunk, 100)).isEqualTo(56 + 800 + 16);
	}

	@Test
	void describeShouldTellWhatDiffers() {
		assertThat(layout(new VmParameters(17, 8, 8, 12, 8))).hasToString(
				"uncompressed references, compressed class pointers, 8-byte alignment, " + "fields as since JDK 15");
		assertThat(layout(new VmParameters(25, 8, 4, 8, 16)))
			.hasToString("compressed references and compact headers, 16-byte alignment, "
					+ "fields as since JDK 15, arrays as since JDK 23");
		assertThat(layout(new VmParameters(8, 4, 4, 8, 8)))
			.hasToString("32-bit, 8-byte alignment, fields as before JDK 15");
	}

	@Test
	void addAllShouldGiveTheSameAsOneEvidence() {
		VmParameters vm = new VmParameters(25, 8, 4, 8, 16);
		List<ClassShape> classes = classes(new Random(5));
		LayoutEvidence sum = evidence(vm, classes.subList(0, 150), new Random(6), 0.1);
		sum.addAll(evidence(vm, classes.subList(150, 300), new Random(7), 0.1));
		assertThat(ObjectLayout.infer(8, sum, null))
			.hasToString("compressed references and compact headers, 16-byte alignment, "
					+ "fields as since JDK 15, arrays as since JDK 23");
	}

	private static ObjectLayout layout(VmParameters vm) {
		Random random = new Random(3);
		return ObjectLayout.infer(vm.wordBytes(), evidence(vm, classes(random), random, 0),
				String.valueOf(vm.release()));
	}

	private static List<ClassShape> classes(Random random) {
		List<ClassShape> classes = new ArrayList<>(List.of(OBJECT));
		while (classes.size() < 300) {
			StringBuilder fields = new StringBuilder();
			for (int i = random.nextInt(7); i > 0; i--) {
				fields.append("LLLIIZBCSJFD".charAt(random.nextInt(12)));
			}
			ClassShape parent = classes.get(random.nextInt(classes.size()));
			classes.add(shape("C" + classes.size(), parent, fields.toString()));
		}
		return classes;
	}

	/** A heap laid out by a VM, with garbage after some of the objects. */
	private static LayoutEvidence evidence(VmParameters vm, List<ClassShape> classes, Random random, double garbage) {
		LayoutEvidence evidence = new LayoutEvidence();
		FieldPacking packing = vm.packing();
		for (int round = 0; round < 20; round++) {
			for (ClassShape shape : classes) {
				evidence.addInstance(shape, packing.instanceBytes(shape) + gap(vm, random, garbage));
			}
			for (int type : ARRAY_TYPES) {
				for (long length = 0; length < 20; length++) {
					long end = vm.arrayBase(type) + length * FieldCounts.elementBytes(type, vm.referenceBytes());
					evidence.addArray(type, length, vm.objectBytes(end) + gap(vm, random, garbage));
				}
			}
		}
		return evidence;
	}

	private static long gap(VmParameters vm, Random random, double garbage) {
		return (random.nextDouble() < garbage) ? vm.alignmentBytes() * (1L + random.nextInt(20)) : 0;
	}

}
