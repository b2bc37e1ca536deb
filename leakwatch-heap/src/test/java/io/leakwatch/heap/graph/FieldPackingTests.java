package io.leakwatch.heap.graph;

import org.junit.jupiter.api.Test;

import static io.leakwatch.heap.graph.Shapes.OBJECT;
import static io.leakwatch.heap.graph.Shapes.shape;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RowPacking} and {@link GapFillingPacking}. The sizes are those that
 * virtual machines of these releases were seen to have.
 */
class FieldPackingTests {

	private static final VmParameters JDK_8 = new VmParameters(8, 8, 4, 12, 8);

	private static final VmParameters JDK_8_UNCOMPRESSED = new VmParameters(8, 8, 8, 16, 8);

	private static final VmParameters JDK_17 = new VmParameters(17, 8, 4, 12, 8);

	private static final VmParameters JDK_25 = new VmParameters(25, 8, 4, 12, 8);

	private static final VmParameters JDK_25_COMPACT = new VmParameters(25, 8, 4, 8, 8);

	private final ClassShape bool = shape("A", null, "Z");

	private final ClassShape boolBool = shape("B", this.bool, "Z");

	private final ClassShape boolBoolBool = shape("C", this.boolBool, "Z");

	private final ClassShape longInt = shape("B", shape("A", null, "J"), "I");

	@Test
	void instanceBytesWhenWithoutFieldsShouldBeTheHeader() {
		assertThat(JDK_8.packing().instanceBytes(OBJECT)).isEqualTo(16);
		assertThat(JDK_17.packing().instanceBytes(OBJECT)).isEqualTo(16);
		assertThat(JDK_25_COMPACT.packing().instanceBytes(OBJECT)).isEqualTo(8);
	}

	@Test
	void instanceBytesWhenOneClassShouldFillTheGapBeforeLongs() {
		for (VmParameters vm : new VmParameters[] { JDK_8, JDK_17 }) {
			assertThat(vm.packing().instanceBytes(shape("X", null, "ZJCI"))).isEqualTo(32);
			assertThat(vm.packing().instanceBytes(shape("X", null, "JI"))).isEqualTo(24);
			assertThat(vm.packing().instanceBytes(shape("X", null, "JSBZ"))).isEqualTo(24);
			assertThat(vm.packing().instanceBytes(shape("X", null, "JL"))).isEqualTo(24);
			assertThat(vm.packing().instanceBytes(shape("X", null, "J".repeat(16) + "B"))).isEqualTo(144);
			assertThat(vm.packing().instanceBytes(shape("X", null, "B".repeat(129) + "I"))).isEqualTo(152);
		}
	}

	@Test
	void instanceBytesWhenSuperClassHasGapShouldFillItSinceJdk15() {
		assertThat(JDK_8.packing().instanceBytes(this.longInt)).isEqualTo(32);
		assertThat(JDK_17.packing().instanceBytes(this.longInt)).isEqualTo(24);
	}

	@Test
	void instanceBytesWhenSuperClassEndsWithinAReferenceShouldContinueThereSinceJdk15() {
		assertThat(JDK_8.packing().instanceBytes(this.boolBool)).isEqualTo(24);
		assertThat(JDK_8.packing().instanceBytes(this.boolBoolBool)).isEqualTo(24);
		assertThat(JDK_8_UNCOMPRESSED.packing().instanceBytes(this.boolBoolBool)).isEqualTo(40);
		assertThat(JDK_17.packing().instanceBytes(this.boolBoolBool)).isEqualTo(16);
	}

	@Test
	void instanceBytesWhenClassIsKnownToTheVmShouldNotFillBeforeJdk15() {
		assertThat(JDK_8.packing().instanceBytes(shape("java.lang.Throwable", null, "JI"))).isEqualTo(32);
		assertThat(JDK_8.packing().instanceBytes(shape("java.lang.String", null, "LI"))).isEqualTo(24);
		assertThat(JDK_8.packing().instanceBytes(shape("java.lang.Long", null, "J"))).isEqualTo(24);
	}

	@Test
	void instanceBytesWhenSmallestGapFitsShouldTakeThatOne() {
		ClassShape gaps = shape("B", shape("A", null, "BJ"), "");
		// 13 to 16 is free: a short, then a byte, and the int goes to the end
		assertThat(JDK_17.packing().instanceBytes(shape("C", gaps, "SB"))).isEqualTo(24);
		assertThat(JDK_17.packing().instanceBytes(shape("C", gaps, "SBI"))).isEqualTo(32);
	}

	@Test
	void instanceBytesWhenFieldsAreContendedShouldPadThem() {
		ClassShape thread = shape("java.lang.Thread", null, "LLLLLLLLLLLLIIZZZJJJJJII");
		assertThat(JDK_8.packing().instanceBytes(thread)).isEqualTo(376);
		ClassShape cell = shape("java.util.concurrent.atomic.Striped64$Cell", null, "J");
		assertThat(JDK_8.packing().instanceBytes(cell)).isEqualTo(280);
		assertThat(JDK_17.packing().instanceBytes(cell)).isEqualTo(280);
		assertThat(JDK_25_COMPACT.packing().instanceBytes(cell)).isEqualTo(272);
	}

	@Test
	void instanceBytesWhenSuperClassIsContendedShouldPadAgain() {
		// As in JDK 17: 10 references, 3 longs and an int, 4 booleans, then the padded
		// ones
		ClassShape thread = shape("java.lang.Thread", null, "LLLLLLLLLLIIJJJZZZJII");
		long threadBytes = JDK_17.packing().instanceBytes(thread);
		ClassShape worker = shape("Worker", thread, "L");
		ClassShape own = shape("Own", worker, "B");
		assertThat(JDK_17.packing().instanceBytes(worker)).isEqualTo(threadBytes + 8);
		assertThat(JDK_17.packing().instanceBytes(own)).isEqualTo(threadBytes + 8 + 128);
	}

	@Test
	void instanceBytesWhenVmInjectsFieldsShouldCountThem() {
		ClassShape loader = shape("java.lang.ClassLoader", null, "L");
		assertThat(JDK_17.packing().instanceBytes(loader)).isEqualTo(24);
		ClassShape memberName = shape("java.lang.invoke.MemberName", null, "LLLIL");
		assertThat(JDK_8.packing().instanceBytes(memberName)).isEqualTo(56);
		assertThat(JDK_17.packing().instanceBytes(memberName)).isEqualTo(40);
		ClassShape callSite = shape("java.lang.invoke.CallSite", null, "L");
		assertThat(JDK_25.packing().instanceBytes(callSite)).isEqualTo(32);
	}

	@Test
	void instanceBytesWhen32BitShouldUseNarrowWords() {
		VmParameters vm = new VmParameters(17, 4, 4, 8, 8);
		assertThat(vm.packing().instanceBytes(OBJECT)).isEqualTo(8);
		assertThat(vm.packing().instanceBytes(shape("X", null, "LI"))).isEqualTo(16);
		assertThat(vm.packing().instanceBytes(shape("java.lang.ClassLoader", null, "L"))).isEqualTo(16);
	}

	@Test
	void staticsEndShouldPutReferencesFirstAndFillNoGap() {
		FieldPacking packing = JDK_17.packing();
		assertThat(packing.staticsEnd(shape("X", null, "", "").statics(), 104)).isEqualTo(104);
		assertThat(packing.staticsEnd(shape("X", null, "", "LJ").statics(), 104)).isEqualTo(120);
		assertThat(packing.staticsEnd(shape("X", null, "", "LJZ").statics(), 104)).isEqualTo(128);
		assertThat(packing.staticsEnd(shape("X", null, "", "LLSB").statics(), 104)).isEqualTo(120);
	}

}
