package io.leakwatch.heap.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ObjectVisitor;
import io.leakwatch.heap.graph.ProgressListener;
import io.leakwatch.heap.graph.ReferenceKind;
import io.leakwatch.heap.graph.ReferenceRows;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.RecordCursor;
import io.leakwatch.heap.memory.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link HeapGraph} against {@link HeapOracle}.
 */
@ParameterizedClass
@MethodSource("io.leakwatch.heap.oracle.OracleDump#all")
class HeapGraphOracleTests {

	@Parameter // For the method before all: JUnit hands over only what the class
				// declares.
	OracleDump setting;

	private static SharkOracle oracle;

	private static Memory memory;

	private static HeapGraph graph;

	@BeforeParameterizedClassInvocation
	static void read(OracleDump setting, @TempDir Path folder) throws IOException {
		Path dump = setting.writeAll(folder);
		oracle = new SharkOracle(dump);
		memory = new Memory(64 << 20, folder);
		HprofFile file = HprofFile.open(dump, memory);
		graph = HeapGraph.read(file, file.dumps().get(0), memory, work());
	}

	@AfterParameterizedClassInvocation
	static void close() throws IOException {
		oracle.close();
		memory.close();
	}

	private static Work work() {
		return new Work(2, () -> false, ProgressListener.NONE);
	}

	@Test
	void classesShouldBeTheOracles() {
		Map<Long, String> classes = new HashMap<>();
		for (HeapClass each : graph.classes().all()) {
			if (each.id() != 0) {
				classes.put(each.id(), each.name());
			}
		}
		assertThat(classes).containsExactlyInAnyOrderEntriesOf(oracle.classes());
	}

	@Test
	void visitShouldShowObjectsThatTheOracleCounts() throws IOException {
		Map<String, Long> objects = new HashMap<>();
		for (Counts counts : graph.visit(work(), "counting", Counts::new)) {
			counts.objects.forEach((name, count) -> objects.merge(name, count, Long::sum));
		}
		assertThat(objects).containsExactlyInAnyOrderEntriesOf(oracle.objectsByClass());
		long classes = oracle.classes().size();
		assertThat(graph.objectCount()).isEqualTo(objects.values().stream().mapToLong((each) -> each).sum() + classes);
	}

	@Test
	void rootsShouldBeTheOracles() {
		Set<Long> roots = new TreeSet<>();
		for (GcRoot root : graph.roots()) {
			roots.add(graph.id(root.object()));
		}
		assertThat(roots).isEqualTo(oracle.roots());
	}

	@Test
	void findShouldBeTheReverseOfId() {
		List<Long> sample = oracle.sample(3);
		assertThat(sample).allSatisfy((id) -> assertThat(graph.id(graph.find(id))).isEqualTo(id));
		Set<Integer> numbers = new HashSet<>();
		sample.forEach((id) -> numbers.add(graph.find(id)));
		assertThat(numbers).hasSameSizeAs(sample);
		assertThat(numbers).allSatisfy((number) -> assertThat(number).isBetween(0, graph.objectCount() - 1));
		assertThat(graph.find(1)).isEqualTo(-1);
	}

	@Test
	void referencesOfInnerObjectsShouldBeTheOracles() {
		List<Long> inner = someObjects().stream().filter((id) -> graph.find(id) < graph.innerCount()).toList();
		assertThat(inner).hasSizeGreaterThan(500).allSatisfy((id) -> {
			int object = graph.find(id);
			if (!isReference(object)) {
				assertThat(byFieldsAndSlots(object)).as("%s of 0x%x", graph.classOf(object), id)
					.isEqualTo(innerOnly(id, oracle.references(id)));
			}
		});
	}

	/** A few of each: to the oracle each reference is a look-up in its file. */
	private static List<Long> someObjects() {
		List<Long> objects = new ArrayList<>(oracle.sample(10));
		oracle.classes().keySet().stream().sorted().filter((id) -> id % 7 == 0).forEach(objects::add);
		return objects;
	}

	private static List<Long> byFieldsAndSlots(int object) {
		List<Long> references = new ArrayList<>();
		ReferenceRows rows = graph.rows();
		for (int place = rows.start(object); place != 0; place = rows.next(place)) {
			int slot = rows.slot(place);
			if (slot == HeapClass.ELEMENT || slot < HeapClass.TO_PART) {
				references.add(graph.id(rows.target(place)));
			}
		}
		references.sort(null);
		return references;
	}

	/**
	 * Without leaves, which are kept with what refers to them, and without the object
	 * itself.
	 */
	private static List<Long> innerOnly(long id, List<Long> references) {
		return references.stream().filter((each) -> each != id && graph.find(each) < graph.innerCount()).toList();
	}

	@Test
	void referrersOfLeavesShouldBeTheOracles() {
		Map<Integer, Set<Integer>> leaves = leavesByReferrer();
		assertThat(someObjects()).hasSizeGreaterThan(500).allSatisfy((id) -> {
			int referrer = graph.find(id);
			if (!isReference(referrer)) {
				assertThat(leaves.getOrDefault(referrer, Set.of())).as("leaves of 0x%x", id)
					.isEqualTo(leavesOnly(oracle.references(id)));
			}
		});
	}

	private static boolean isReference(int object) {
		return object < graph.innerCount() && graph.classOf(object).referenceKind() != ReferenceKind.STRONG;
	}

	private static Map<Integer, Set<Integer>> leavesByReferrer() {
		Map<Integer, Set<Integer>> leaves = new HashMap<>();
		for (int leaf = graph.innerCount(); leaf < graph.objectCount(); leaf++) {
			leaves.computeIfAbsent(graph.holder(leaf), (referrer) -> new HashSet<>()).add(leaf);
		}
		graph.forEachFurtherHolder(
				(leaf, holder, slot) -> leaves.computeIfAbsent(holder, (referrer) -> new HashSet<>()).add(leaf));
		return leaves;
	}

	private static Set<Integer> leavesOnly(List<Long> references) {
		Set<Integer> leaves = new HashSet<>();
		for (long id : references) {
			if (graph.find(id) >= graph.innerCount()) {
				leaves.add(graph.find(id));
			}
		}
		return leaves;
	}

	private static final class Counts implements ObjectVisitor {

		private final Map<String, Long> objects = new HashMap<>();

		@Override
		public void object(int object, HeapClass type, long shallowBytes, RecordCursor record) {
			if (record.tag() != RecordCursor.CLASS) {
				this.objects.merge(type.name(), 1L, Long::sum);
			}
		}

	}

}
