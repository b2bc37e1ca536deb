package io.leakwatch.heap.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PathFolding} and {@link Containers}.
 */
class PathFoldingTests {

	private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.";

	private final PathTree.Builder builder = PathTree.builder();

	@Test
	void foldedShouldMakeAMapOneStep() {
		int map = add(0, "static a.A.map", "java.util.HashMap", 1);
		int table = add(map, "java.util.HashMap.table", "[Ljava.util.HashMap$Node;", 1);
		int node = add(table, PathTree.ELEMENT, "java.util.HashMap$Node", 9);
		add(node, "java.util.HashMap$Node.key", "a.Key", 10);
		add(node, "java.util.HashMap$Node.value", "a.Order", 8);
		int next = add(node, "java.util.HashMap$Node.next", "java.util.HashMap$TreeNode", 1);
		add(next, "java.util.HashMap$Node.value", "a.Order", 1);
		PathTree tree = this.builder.build().folded();
		assertThat(lines(tree)).containsExactly("static a.A.map java.util.HashMap 1 96",
				"static a.A.map/[key] a.Key 10 80", "static a.A.map/[*] a.Order 9 72");
	}

	@Test
	void foldedWhenSetIsOverAMapShouldMakeItsKeysTheElements() {
		int set = add(0, "static java.io.DeleteOnExitHook.files", "java.util.LinkedHashSet", 1);
		int map = add(set, "java.util.HashSet.map", "java.util.LinkedHashMap", 1);
		int head = add(map, "java.util.LinkedHashMap.head", "java.util.LinkedHashMap$Entry", 5);
		add(head, "java.util.HashMap$Node.key", "java.lang.String", 5);
		assertThat(lines(this.builder.build().folded())).containsExactly(
				"static java.io.DeleteOnExitHook.files java.util.LinkedHashSet 1 56",
				"static java.io.DeleteOnExitHook.files/[*] java.lang.String 5 40");
	}

	@Test
	void foldedWhenListsAreInAMapShouldKeepBoth() {
		int map = add(0, "bean 'x'", "a.X", 1);
		map = add(map, "a.X.all", "java.util.concurrent.ConcurrentHashMap", 1);
		int table = add(map, "java.util.concurrent.ConcurrentHashMap.table",
				"[Ljava.util.concurrent.ConcurrentHashMap$Node;", 1);
		int node = add(table, PathTree.ELEMENT, "java.util.concurrent.ConcurrentHashMap$Node", 4);
		int list = add(node, "java.util.concurrent.ConcurrentHashMap$Node.val", "java.util.ArrayList", 4);
		int array = add(list, "java.util.ArrayList.elementData", "[Ljava.lang.Object;", 4);
		add(array, PathTree.ELEMENT, "java.util.HashMap$Node", 7);
		assertThat(lines(this.builder.build().folded())).containsExactly("bean 'x' a.X 1 8",
				"bean 'x'/a.X.all java.util.concurrent.ConcurrentHashMap 1 48",
				"bean 'x'/a.X.all/[*] java.util.ArrayList 4 64",
				"bean 'x'/a.X.all/[*]/[*] java.util.HashMap$Node 7 56");
	}

	@Test
	void foldedWhenContainerIsWrappedOrASubclassShouldFoldToo() {
		int map = add(0, "static a.A.map", "java.util.Collections$SynchronizedMap", 1);
		int inner = add(map, "java.util.Collections$SynchronizedMap.m", "a.LruMap", 1);
		int table = add(inner, "java.util.HashMap.table", "[Ljava.util.HashMap$Node;", 1);
		int node = add(table, PathTree.ELEMENT, "java.util.LinkedHashMap$Entry", 9);
		add(node, "java.util.HashMap$Node.value", "[B", 9);
		add(inner, "a.LruMap.owner", "a.Owner", 1);
		assertThat(lines(this.builder.build().folded())).containsExactly(
				"static a.A.map java.util.Collections$SynchronizedMap 1 8",
				"static a.A.map/java.util.Collections$SynchronizedMap.m a.LruMap 1 88",
				"static a.A.map/java.util.Collections$SynchronizedMap.m/[*] [B 9 72",
				"static a.A.map/java.util.Collections$SynchronizedMap.m/a.LruMap.owner a.Owner 1 8");
	}

	@Test
	void foldedShouldKnowQueuesAndThreadLocals() {
		int pool = add(0, "static a.A.pool", "java.util.concurrent.ScheduledThreadPoolExecutor", 1);
		int queue = add(pool, "java.util.concurrent.ThreadPoolExecutor.workQueue",
				"java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", 1);
		int array = add(queue, "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue.queue",
				"[Ljava.util.concurrent.RunnableScheduledFuture;", 1);
		add(array, PathTree.ELEMENT, "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask", 9);
		int thread = add(0, "thread group 'x'", "java.lang.Thread", 1);
		int locals = add(thread, "java.lang.Thread.threadLocals", "java.lang.ThreadLocal$ThreadLocalMap", 1);
		int table = add(locals, "java.lang.ThreadLocal$ThreadLocalMap.table",
				"[Ljava.lang.ThreadLocal$ThreadLocalMap$Entry;", 1);
		int entry = add(table, PathTree.ELEMENT, "java.lang.ThreadLocal$ThreadLocalMap$Entry", 6);
		add(entry, "java.lang.ThreadLocal$ThreadLocalMap$Entry.value", "a.Converter", 6);
		assertThat(lines(this.builder.build().folded()))
			.contains(
					"static a.A.pool/java.util.concurrent.ThreadPoolExecutor.workQueue/[*] "
							+ "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask 9 72",
					"thread group 'x'/java.lang.Thread.threadLocals java.lang.ThreadLocal$ThreadLocalMap 1 64",
					"thread group 'x'/java.lang.Thread.threadLocals/[*] a.Converter 6 48")
			.hasSize(6);
	}

	@Test
	void foldedWhenCacheKeepsItsNodesInAMapShouldFoldBoth() {
		int cache = add(0, "static a.A.cache", CAFFEINE + "BoundedLocalCache$BoundedLocalManualCache", 1);
		int local = add(cache, CAFFEINE + "BoundedLocalCache$BoundedLocalManualCache.cache", CAFFEINE + "SSMS", 1);
		int data = add(local, CAFFEINE + "BoundedLocalCache.data", "java.util.concurrent.ConcurrentHashMap", 1);
		int table = add(data, "java.util.concurrent.ConcurrentHashMap.table",
				"[Ljava.util.concurrent.ConcurrentHashMap$Node;", 1);
		int node = add(table, PathTree.ELEMENT, "java.util.concurrent.ConcurrentHashMap$Node", 5);
		int own = add(node, "java.util.concurrent.ConcurrentHashMap$Node.val", CAFFEINE + "PSMS", 5);
		add(own, CAFFEINE + "PS.key", "a.Key", 5);
		add(own, CAFFEINE + "PS.value", "[B", 5);
		add(local, CAFFEINE + "LocalLoadingCache.loader", "a.Loader", 1);
		assertThat(lines(this.builder.build().folded())).containsExactlyInAnyOrder(
				"static a.A.cache " + CAFFEINE + "BoundedLocalCache$BoundedLocalManualCache 1 112",
				"static a.A.cache/[key] a.Key 5 40", "static a.A.cache/[*] [B 5 40",
				"static a.A.cache/" + CAFFEINE + "LocalLoadingCache.loader a.Loader 1 8");
	}

	@Test
	void foldedWhenSmallImmutableListShouldFindItsElements() {
		int list = add(0, "static a.A.list", "java.util.ImmutableCollections$List12", 1);
		add(list, "java.util.ImmutableCollections$List12.e0", "[B", 1);
		assertThat(lines(this.builder.build().folded())).contains("static a.A.list/[*] [B 1 8");
	}

	@Test
	void foldedWhenAnEntryIsHeldByItselfShouldKeepItsFields() {
		int entry = add(0, "static a.A.entry", "java.util.AbstractMap$SimpleEntry", 1);
		add(entry, "java.util.AbstractMap$SimpleEntry.value", "[B", 1);
		assertThat(lines(this.builder.build().folded()))
			.contains("static a.A.entry/java.util.AbstractMap$SimpleEntry.value [B 1 8");
	}

	@Test
	void foldedShouldKeepWhatTheHeapHoldsAndFoldOnce() {
		Random random = new Random(3);
		for (int run = 0; run < 50; run++) {
			PathTree tree = PathTreeTests.random(random, 300);
			PathTree folded = tree.folded();
			PathTreeTests.assertAdditive(folded);
			assertThat(folded.heldBytes(PathTree.HEAP)).isEqualTo(tree.heldBytes(PathTree.HEAP));
			assertThat(lines(folded.folded())).isEqualTo(lines(folded));
		}
	}

	private int add(int parent, String field, String className, long count) {
		return this.builder.add(parent, field, className, count, count * 8, count * 8, count * 8);
	}

	private static List<String> lines(PathTree tree) {
		List<String> lines = new ArrayList<>();
		String[] paths = new String[tree.size()];
		for (int node = 1; node < tree.size(); node++) {
			String field = tree.field(node);
			paths[node] = (tree.parent(node) == PathTree.HEAP) ? field : paths[tree.parent(node)] + "/" + field;
			lines
				.add(paths[node] + " " + tree.className(node) + " " + tree.count(node) + " " + tree.shallowBytes(node));
		}
		return lines;
	}

}
