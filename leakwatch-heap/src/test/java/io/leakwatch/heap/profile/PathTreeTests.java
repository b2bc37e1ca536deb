package io.leakwatch.heap.profile;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PathTree}.
 */
class PathTreeTests {

	private final PathTree.Builder builder = PathTree.builder();

	@Test
	void emptyShouldHaveTheHeapAlone() {
		PathTree tree = PathTree.empty();
		assertThat(tree.size()).isOne();
		assertThat(tree.childCount(PathTree.HEAP)).isZero();
		assertThat(tree.parent(PathTree.HEAP)).isEqualTo(-1);
		assertThat(tree.path(PathTree.HEAP)).isEmpty();
		assertThat(tree.holder(PathTree.HEAP)).isEmpty();
	}

	@Test
	void buildShouldArrangeChildrenByHeldBytesAndSumThemUp() {
		int small = add(0, "JNI global", "a.A", 1, 10);
		int large = add(0, "static a.B.b", "a.C", 2, 50);
		int middle = add(0, "static a.B.c", "a.C", 3, 20);
		int below = add(large, "a.C.d", "a.D", 1, 5);
		PathTree tree = this.builder.build();
		assertThat(tree.childCount(PathTree.HEAP)).isEqualTo(3);
		assertThat(tree.child(PathTree.HEAP, 0)).isEqualTo(large);
		assertThat(tree.child(PathTree.HEAP, 1)).isEqualTo(middle);
		assertThat(tree.child(PathTree.HEAP, 2)).isEqualTo(small);
		assertThat(tree.child(large, 0)).isEqualTo(below);
		assertThat(tree.childCount(below)).isZero();
		assertThat(tree.heldBytes(PathTree.HEAP)).isEqualTo(80);
		assertThat(tree.retainedBytes(PathTree.HEAP)).isEqualTo(80);
		assertThat(tree.count(middle)).isEqualTo(3);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> tree.child(below, 0));
	}

	@Test
	void addWhenParentIsNotThereShouldRefuse() {
		assertThatIllegalArgumentException().isThrownBy(() -> add(1, "a.A.b", "a.B", 1, 1));
	}

	@Test
	void pathShouldNameEachStep() {
		int list = add(0, "static com.acme.Bus.LISTENERS", "java.util.ArrayList", 1, 100);
		int entry = add(list, PathTree.ELEMENT, "com.acme.Listener", 9, 90);
		PathTree tree = this.builder.build();
		assertThat(tree.path(entry)).isEqualTo(
				"static com.acme.Bus.LISTENERS (java.util.ArrayList) → " + PathTree.ELEMENT + " (com.acme.Listener)");
	}

	@Test
	void holderShouldBeTheRootAndTheNearestFieldOfTheApplication() {
		int bean = add(0, "bean 'orderService'", "com.acme.OrderService", 1, 100);
		int store = add(bean, "com.acme.OrderService.store", "com.acme.Store", 1, 100);
		int list = add(store, "com.acme.Store.recent", "java.util.ArrayList", 1, 100);
		int entry = add(list, PathTree.ELEMENT, "com.acme.Order", 9, 90);
		PathTree tree = this.builder.build();
		String expected = "bean 'orderService' → com.acme.Store.recent (java.util.ArrayList)";
		assertThat(tree.holder(list)).isEqualTo(expected);
		assertThat(tree.holder(entry)).isEqualTo(expected);
		assertThat(tree.holder(bean)).isEqualTo("bean 'orderService'");
	}

	@Test
	void holderWhenTheJdkHasTheContainerShouldNameItsOwnerToo() {
		int pool = add(0, "static com.acme.Timeouts.POOL", "java.util.concurrent.ScheduledThreadPoolExecutor", 1, 100);
		int queue = add(pool, "java.util.concurrent.ThreadPoolExecutor.workQueue",
				"java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", 1, 90);
		PathTree tree = this.builder.build();
		assertThat(tree.holder(queue))
			.isEqualTo("static com.acme.Timeouts.POOL (java.util.concurrent.ScheduledThreadPoolExecutor) → "
					+ "java.util.concurrent.ThreadPoolExecutor.workQueue "
					+ "(java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue)");
	}

	@Test
	void holderWhenNobodyElseHasItShouldNameTheJdks() {
		int hook = add(0, "static java.io.DeleteOnExitHook.files", "java.util.LinkedHashSet", 1, 100);
		int thread = add(0, "thread group 'http-nio-#-exec-#'", "java.lang.Thread", 10, 80);
		int locals = add(thread, "java.lang.Thread.threadLocals", "java.lang.ThreadLocal$ThreadLocalMap", 10, 80);
		PathTree tree = this.builder.build();
		assertThat(tree.holder(hook)).isEqualTo("static java.io.DeleteOnExitHook.files (java.util.LinkedHashSet)");
		assertThat(tree.holder(locals)).isEqualTo("thread group 'http-nio-#-exec-#' → "
				+ "java.lang.Thread.threadLocals (java.lang.ThreadLocal$ThreadLocalMap)");
	}

	@Test
	void holderWhenBelowAThreadShouldNotNameWhoHoldsTheThread() {
		int pools = add(0, "static com.acme.Pools.ALL", "java.util.ArrayList", 1, 100);
		int worker = add(pools, "com.acme.Pool.worker", "java.lang.Thread", 1, 90);
		int locals = add(worker, "java.lang.Thread.threadLocals", "java.lang.ThreadLocal$ThreadLocalMap", 1, 80);
		assertThat(this.builder.build().holder(locals)).isEqualTo("static com.acme.Pools.ALL (java.util.ArrayList) → "
				+ "java.lang.Thread.threadLocals (java.lang.ThreadLocal$ThreadLocalMap)");
	}

	@Test
	void prunedShouldKeepTheHeaviestAndSumUpTheRest() {
		int list = add(0, "static a.A.list", "java.util.ArrayList", 1, 1_000);
		for (int i = 1; i <= 50; i++) {
			add(list, PathTree.ELEMENT, "a.E" + i, i, i);
		}
		this.builder.add(0, "static a.A.shared", "a.S", 1, 8, 8, 5_000);
		PathTree tree = this.builder.build();
		PathTree pruned = tree.pruned(6);
		assertThat(pruned.heldBytes(PathTree.HEAP)).isEqualTo(tree.heldBytes(PathTree.HEAP));
		assertThat(pruned.className(pruned.child(pruned.child(PathTree.HEAP, 0), 1))).isEqualTo("a.E50");
		int rest = pruned.child(pruned.child(PathTree.HEAP, 0), 0);
		assertThat(pruned.isRest(rest)).isTrue();
		assertThat(pruned.className(rest)).isEmpty();
		assertThat(pruned.count(rest)).isEqualTo(pruned.heldBytes(rest)).isEqualTo(50 * 51 / 2 - 50 - 49 - 48);
		assertThat(pruned.field(pruned.child(PathTree.HEAP, 1))).isEqualTo("static a.A.shared");
		assertThat(tree.pruned(1_000)).isSameAs(tree);
	}

	@Test
	void prunedWhenTreeIsAnyShouldStayAdditive() {
		Random random = new Random(7);
		for (int run = 0; run < 100; run++) {
			PathTree tree = random(random, 2 + random.nextInt(400));
			PathTree pruned = tree.pruned(1 + random.nextInt(60));
			assertAdditive(pruned);
			assertThat(pruned.heldBytes(PathTree.HEAP)).isEqualTo(tree.heldBytes(PathTree.HEAP));
			PathTree again = pruned.pruned(10);
			assertAdditive(again);
			assertThat(again.heldBytes(PathTree.HEAP)).isEqualTo(tree.heldBytes(PathTree.HEAP));
		}
	}

	static PathTree random(Random random, int size) {
		int[] parents = new int[size];
		long[] held = new long[size];
		long[] shallow = new long[size];
		for (int node = 1; node < size; node++) {
			parents[node] = random.nextInt(node);
			shallow[node] = random.nextInt(1_000);
		}
		for (int node = size - 1; node > 0; node--) {
			held[node] += shallow[node];
			held[parents[node]] += held[node];
		}
		PathTree.Builder builder = PathTree.builder();
		for (int node = 1; node < size; node++) {
			builder.add(parents[node], "a.A" + random.nextInt(9) + ".f" + node, "a.B" + random.nextInt(9),
					1 + random.nextInt(9), shallow[node], held[node], random.nextInt(5_000) - 1);
		}
		return builder.build();
	}

	static void assertAdditive(PathTree tree) {
		for (int node = 0; node < tree.size(); node++) {
			long sum = tree.shallowBytes(node);
			for (int rank = 0; rank < tree.childCount(node); rank++) {
				sum += tree.heldBytes(tree.child(node, rank));
			}
			assertThat(tree.heldBytes(node)).isEqualTo(sum);
		}
	}

	private int add(int parent, String field, String className, long count, long held) {
		return this.builder.add(parent, field, className, count, held, held, held);
	}

}
