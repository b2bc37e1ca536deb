package io.leakwatch.heap.diff;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.leakwatch.heap.profile.BeanUse;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.LoaderUse;
import io.leakwatch.heap.profile.PathTree;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link HeapDiff}.
 */
class HeapDiffTests {

	@Test
	void betweenShouldPutTheMostBytesGainedFirst() {
		HeapDiff diff = HeapDiff.between(profile(new ClassCount("small", 1, 10), new ClassCount("large", 1, 10)),
				profile(new ClassCount("small", 9, 20), new ClassCount("large", 2, 500)));
		assertThat(diff.classes()).containsExactly(new ClassDelta("large", 1, 2, 10, 500),
				new ClassDelta("small", 1, 9, 10, 20));
	}

	@Test
	void betweenWhenBytesAreEqualShouldPutMoreInstancesFirstThenTheName() {
		HeapDiff diff = HeapDiff.between(profile(), profile(new ClassCount("few", 1, 100),
				new ClassCount("many.b", 5, 100), new ClassCount("many.a", 5, 100)));
		assertThat(diff.classes()).extracting(ClassDelta::className).containsExactly("many.a", "many.b", "few");
	}

	@Test
	void betweenWhenClassIsAbsentInOneShouldCountItAsZeroThere() {
		HeapDiff diff = HeapDiff.between(profile(new ClassCount("gone", 4, 64)), profile(new ClassCount("new", 2, 48)));
		assertThat(diff.classes()).containsExactly(new ClassDelta("new", 0, 2, 0, 48),
				new ClassDelta("gone", 4, 0, 64, 0));
		assertThat(diff.classes().get(1).countDelta()).isEqualTo(-4);
		assertThat(diff.classes().get(1).shallowBytesDelta()).isEqualTo(-64);
	}

	@Test
	void betweenWhenClassIsUnchangedShouldLeaveItOut() {
		HeapDiff diff = HeapDiff.between(profile(new ClassCount("same", 4, 64), new ClassCount("arrays", 4, 64)),
				profile(new ClassCount("same", 4, 64), new ClassCount("arrays", 4, 80)));
		assertThat(diff.classes()).containsExactly(new ClassDelta("arrays", 4, 4, 64, 80));
	}

	@Test
	void betweenWhenProfilesAreEqualShouldBeEmpty() {
		HeapProfile profile = profile(new ClassCount("a", 1, 100));
		HeapDiff diff = HeapDiff.between(profile, profile);
		assertThat(diff.classes()).isEmpty();
		assertThat(diff.before()).isSameAs(profile);
		assertThat(diff.after()).isSameAs(profile);
	}

	@Test
	void betweenShouldTellTheContainerThatGrows() {
		HeapDiff diff = HeapDiff.between(orders(10, 500).profile(), orders(1_000, 500).profile());
		assertThat(diff.paths()).hasSize(1);
		PathDelta delta = diff.paths().get(0);
		assertThat(delta.holder()).isEqualTo("bean 'orders' → com.acme.Orders.recent (java.util.ArrayList)");
		assertThat(delta.path())
			.isEqualTo("bean 'orders' (com.acme.Orders) → com.acme.Orders.recent (java.util.ArrayList)");
		assertThat(delta.className()).isEqualTo("com.acme.Order");
		assertThat(delta.countBefore()).isEqualTo(10);
		assertThat(delta.countAfter()).isEqualTo(1_000);
		assertThat(delta.countDelta()).isEqualTo(990);
		assertThat(delta.heldBytesDelta()).isEqualTo(990 * (24 + 100));
		assertThat(delta.retainedBytesDelta()).isEqualTo(delta.heldBytesDelta());
		assertThat(delta.shallowBytesDelta()).isZero();
		assertThat(delta.shareOfGrowth()).isEqualTo(1.0);
		assertThat(diff.after().paths().field(delta.node())).isEqualTo("com.acme.Orders.recent");
		assertThat(diff.after().paths().field(delta.entries())).isEqualTo(PathTree.ELEMENT);
	}

	@Test
	void betweenWhenSeveralPlacesGrowShouldTellEachTheLargestFirst() {
		HeapDiff diff = HeapDiff.between(orders(10, 50).profile(), orders(1_000, 1_000).profile());
		assertThat(diff.paths()).extracting(PathDelta::holder)
			.containsExactly("bean 'orders' → com.acme.Orders.recent (java.util.ArrayList)",
					"static com.acme.Bus.LISTENERS (java.util.HashMap)");
		assertThat(diff.paths()).extracting(PathDelta::shareOfGrowth)
			.satisfiesExactly((share) -> assertThat(share).isGreaterThan(0.5),
					(share) -> assertThat(share).isBetween(0.1, 0.5));
	}

	@Test
	void betweenWhenAChainGrowsShouldTellTheChain() {
		HeapDiff diff = HeapDiff.between(chain(10).profile(), chain(5_000).profile());
		assertThat(diff.paths()).hasSize(1);
		assertThat(diff.paths().get(0).holder()).isEqualTo("bean 'x' → com.acme.X.head (com.acme.Node)");
		assertThat(diff.paths().get(0).className()).isEqualTo("com.acme.Node");
		assertThat(diff.paths().get(0).countDelta()).isEqualTo(4_990);
	}

	@Test
	void betweenWhenThreadsGetMoreShouldTellTheirGroup() {
		HeapDiff diff = HeapDiff.between(threads(3, 10).profile(), threads(300, 10).profile());
		assertThat(diff.paths()).extracting(PathDelta::path)
			.containsExactly("thread group 'pool-#' (java.lang.Thread)");
		assertThat(diff.paths().get(0).countDelta()).isEqualTo(297);
	}

	@Test
	void betweenWhenThreadsHoldMoreShouldTellWhatTheyHoldItIn() {
		HeapDiff diff = HeapDiff.between(threads(3, 10).profile(), threads(4, 10_000).profile());
		assertThat(diff.paths()).extracting(PathDelta::holder)
			.containsExactly("thread group 'pool-#' → "
					+ "java.lang.Thread.threadLocals (java.lang.ThreadLocal$ThreadLocalMap)");
	}

	@Test
	void betweenWhenOneObjectGrowsShouldTellIt() {
		HeapDiff diff = HeapDiff.between(buffer(1_000).profile(), buffer(1_000_000).profile());
		assertThat(diff.paths()).extracting(PathDelta::holder, PathDelta::className, PathDelta::countDelta)
			.containsExactly(tuple("static com.acme.Log.OUT (java.io.ByteArrayOutputStream) → "
					+ "java.io.ByteArrayOutputStream.buf ([B)", "[B", 0L));
	}

	@Test
	void betweenWhenNothingGrowsShouldTellNoPlace() {
		HeapProfile profile = orders(100, 100).profile();
		assertThat(HeapDiff.between(profile, profile).paths()).isEmpty();
		assertThat(HeapDiff.between(profile, orders(90, 90).profile()).paths()).isEmpty();
	}

	@Test
	void betweenWhenOneIsAHistogramShouldCompareClassesAlone() {
		HeapDiff diff = HeapDiff.between(profile(new ClassCount("a", 1, 8)), orders(10, 10).profile());
		assertThat(diff.paths()).isEmpty();
		assertThat(diff.loaders()).isEmpty();
		assertThat(diff.classes()).hasSize(1);
	}

	@Test
	void betweenWhenAPathWasPrunedBeforeShouldNotTakeItForGrowth() {
		PathTree whole = orders(100, 4_000).tree();
		HeapProfile before = dump(whole.pruned(2));
		assertThat(before.paths().size()).isLessThan(whole.size());
		assertThat(HeapDiff.between(before, dump(whole)).paths()).isEmpty();
	}

	@Test
	void betweenWhenWhatWasThereHasAnotherPathShouldNotTakeItForGrowth() {
		HeapDiff diff = HeapDiff.between(dump(locks("thread group 'main'", 1_000, 100)),
				dump(locks("system class", 1_010, 5_000)));
		assertThat(diff.paths()).singleElement().satisfies((delta) -> {
			assertThat(delta.holder()).startsWith("bean 'orders'");
			assertThat(delta.countDelta()).isEqualTo(4_900);
			assertThat(delta.shareOfGrowth()).isGreaterThan(0.99);
		});
	}

	@Test
	void betweenWhenAnotherOfThatFieldIsMuchLargerShouldTakeItForGrowth() {
		HeapDiff diff = HeapDiff.between(dump(locks("thread group 'main'", 1_000, 100)),
				dump(locks("system class", 9_000, 100)));
		assertThat(diff.paths()).extracting(PathDelta::countDelta).containsExactly(9_000L);
	}

	@Test
	void betweenShouldCompareLoadersByNameAndClass() {
		HeapProfile before = HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP)
			.loaders(List.of(new LoaderUse("app", "App", 1, 100, 5, 50, 500, ""),
					new LoaderUse("gone", "A", 1, 1, 1, 1, 1, ""), new LoaderUse("same", "A", 1, 1, 1, 1, 1, "")))
			.build();
		HeapProfile after = HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP)
			.loaders(List.of(new LoaderUse("app", "App", 1, 110, 6, 60, 700, ""),
					new LoaderUse("script", "G", 1, 5, 5, 5, 9, ""), new LoaderUse("script", "G", 1, 20, 5, 5, 9, ""),
					new LoaderUse("same", "A", 1, 1, 1, 1, 1, "")))
			.build();
		List<LoaderDelta> loaders = HeapDiff.between(before, after).loaders();
		assertThat(loaders).extracting(LoaderDelta::name, LoaderDelta::countDelta, LoaderDelta::classCountDelta)
			.containsExactly(tuple("script", 2L, 25L), tuple("app", 0L, 10L), tuple("gone", -1L, -1L));
		assertThat(loaders.get(1).retainedBytesDelta()).isEqualTo(200);
		assertThat(loaders.get(1).shallowBytesDelta()).isEqualTo(10);
	}

	@Test
	void betweenShouldCompareBeansAndTellWhatGrewInThem() {
		HeapProfile before = withBeans(orders(100, 50).tree(), bean("orders", 12_000), bean("gone", 500));
		HeapProfile after = withBeans(orders(600, 60).tree(), bean("orders", 74_000), bean("new", 300),
				bean("same", 0));
		List<BeanDelta> beans = HeapDiff.between(before, after).beans();
		assertThat(beans).extracting(BeanDelta::label, BeanDelta::heldBytesDelta)
			.containsExactly(tuple("bean 'orders'", 62_000L), tuple("bean 'new'", 300L), tuple("bean 'same'", 0L),
					tuple("bean 'gone'", -500L));
		BeanDelta first = beans.get(0);
		assertThat(first.shareOfGrowth()).isGreaterThan(0.9);
		assertThat(first.retainedBytesDelta()).isEqualTo(31_000);
		assertThat(first.sharedBytesDelta()).isZero();
		PathDelta grown = Objects.requireNonNull(first.grown());
		assertThat(grown.holder()).isEqualTo("bean 'orders' → com.acme.Orders.recent (java.util.ArrayList)");
		assertThat(grown.countDelta()).isEqualTo(500);
		assertThat(beans.get(1).grown()).isNull();
	}

	@Test
	void betweenWhenTheHolderWasTooSmallToBeKeptShouldTellTheContainer() {
		HeapProfile before = dump(new Trees().with("static com.acme.Bus.LISTENERS", "java.util.HashMap", 1, 48).tree());
		PathDelta first = HeapDiff.between(before, dump(orders(600, 5).tree())).paths().get(0);
		assertThat(first.holder()).isEqualTo("bean 'orders' → com.acme.Orders.recent (java.util.ArrayList)");
		assertThat(first.className()).isEqualTo("com.acme.Order");
		assertThat(first.countDelta()).isEqualTo(600);
	}

	@Test
	void betweenWhenFewNewObjectsHoldManyShouldTellTheMany() {
		HeapProfile before = dump(orders(1, 5).tree());
		HeapProfile after = dump(orders(1, 5).with("thread group 'printer-#'", "java.lang.Thread", 2, 120)
			.with("thread group 'printer-#'/com.acme.Printer.PRINTED", "java.util.ArrayList", 2, 24)
			.with("thread group 'printer-#'/com.acme.Printer.PRINTED/[*]", "com.acme.Receipt", 1_000, 200)
			.tree());
		PathDelta first = HeapDiff.between(before, after).paths().get(0);
		assertThat(first.holder())
			.isEqualTo("thread group 'printer-#' → com.acme.Printer.PRINTED (java.util.ArrayList)");
		assertThat(first.className()).isEqualTo("com.acme.Receipt");
		assertThat(first.countDelta()).isEqualTo(1_000);
	}

	@Test
	void betweenWhenMuchSmallWasLeftOutShouldNotTakeItForWhatGrew() {
		Trees small = new Trees();
		Trees grown = orders(600, 5);
		for (int i = 0; i < 2_000; i++) {
			small.with("static com.acme.Small" + i + ".x", "com.acme.Small" + i, 1, 100);
			grown.with("static com.acme.Small" + i + ".x", "com.acme.Small" + i, 1, 100);
		}
		HeapProfile before = dump(small.tree().pruned(50));
		PathDelta first = HeapDiff.between(before, dump(grown.tree().pruned(50))).paths().get(0);
		assertThat(first.holder()).isEqualTo("bean 'orders' → com.acme.Orders.recent (java.util.ArrayList)");
		assertThat(first.countDelta()).isBetween(595L, 600L);
	}

	@Test
	void betweenWhenOneTellsNoBeansShouldCompareNone() {
		HeapProfile before = dump(orders(100, 50).tree());
		assertThat(HeapDiff.between(before, withBeans(orders(600, 60).tree(), bean("orders", 1))).beans()).isEmpty();
	}

	private static BeanUse bean(String name, long held) {
		return new BeanUse(name, "com.acme.Orders", "", BeanUse.Scope.SINGLETON, 1, held, held / 2, -1);
	}

	private static HeapProfile withBeans(PathTree tree, BeanUse... beans) {
		return HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP).paths(tree).beans(List.of(beans)).build();
	}

	private static Trees orders(long orders, long listeners) {
		return new Trees().with("bean 'orders'", "com.acme.Orders", 1, 24)
			.with("bean 'orders'/com.acme.Orders.recent", "java.util.ArrayList", 1, 24)
			.with("bean 'orders'/com.acme.Orders.recent/[*]", "com.acme.Order", orders, 24)
			.with("bean 'orders'/com.acme.Orders.recent/[*]/com.acme.Order.text", "[B", orders, 100)
			.with("static com.acme.Bus.LISTENERS", "java.util.HashMap", 1, 48)
			.with("static com.acme.Bus.LISTENERS/[key]", "java.lang.String", listeners, 24)
			.with("static com.acme.Bus.LISTENERS/[*]", "com.acme.Listener", listeners, 16);
	}

	private static Trees chain(long length) {
		return new Trees().with("bean 'x'", "com.acme.X", 1, 24)
			.with("bean 'x'/com.acme.X.head", "com.acme.Node", length, 24)
			.with("bean 'x'/com.acme.X.head/com.acme.Node.value", "[B", length, 64);
	}

	private static Trees threads(long threads, long locals) {
		return new Trees().with("thread group 'pool-#'", "java.lang.Thread", threads, 400)
			.with("thread group 'pool-#'/java.lang.Thread.threadLocals", "java.lang.ThreadLocal$ThreadLocalMap",
					threads, 100)
			.with("thread group 'pool-#'/java.lang.Thread.threadLocals/[*]", "com.acme.Converter", threads * locals,
					16);
	}

	private static Trees buffer(long length) {
		return new Trees().with("static com.acme.Log.OUT", "java.io.ByteArrayOutputStream", 1, 24)
			.with("static com.acme.Log.OUT/java.io.ByteArrayOutputStream.buf", "[B", 1, length);
	}

	/** The locks of a class loader that some root leads to, and orders. */
	private static PathTree locks(String root, long locks, long orders) {
		PathTree.Builder tree = PathTree.builder();
		int loader = tree.add(PathTree.HEAP, root, "java.lang.Class", 1, 100, 100 + 100 * locks, 100);
		int map = tree.add(loader, "java.lang.ClassLoader.parallelLockMap", "java.util.HashMap", 1, 0, 100 * locks,
				100 * locks);
		tree.add(map, PathTree.ELEMENT, "java.lang.Object", locks, 100 * locks, 100 * locks, 100 * locks);
		int bean = tree.add(PathTree.HEAP, "bean 'orders'", "com.acme.Orders", 1, 16, 16 + 100 * orders, 16);
		int list = tree.add(bean, "com.acme.Orders.recent", "java.util.ArrayList", 1, 0, 100 * orders, 100 * orders);
		tree.add(list, PathTree.ELEMENT, "com.acme.Order", orders, 100 * orders, 100 * orders, 100 * orders);
		return tree.build();
	}

	private static HeapProfile dump(PathTree tree) {
		return HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP).paths(tree).build();
	}

	private static HeapProfile profile(ClassCount... classes) {
		return HeapProfile.of(Instant.EPOCH, List.of(classes));
	}

}
