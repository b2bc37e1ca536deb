package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticArray;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.profile.BeanUse;
import io.leakwatch.heap.profile.PathTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpringBeans}, {@link BeanReach} and {@link BeanUses} by what
 * {@link HeapAnalysis} tells.
 */
class SpringBeansTests {

	private final Path folder;

	private final SpringHeap spring = new SpringHeap();

	private final HprofWriter heap = this.spring.heap();

	private final SyntheticClass shop = this.spring.type("com.acme.Shop", "orders", "other");

	SpringBeansTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void openShouldBeginPathsAtTheBean() throws IOException {
		SyntheticArray orders = orders(10);
		this.spring.context("app", Map.of("shop", this.heap.instance(this.shop).set("orders", orders)));
		try (HeapAnalysis analysis = open()) {
			BeanUse bean = bean(analysis, "shop");
			assertThat(bean.className()).isEqualTo("com.acme.Shop");
			assertThat(bean.context()).isEmpty();
			assertThat(bean.count()).isOne();
			assertThat(bean.sharedBytes()).isZero();
			assertThat(bean.heldBytes()).isEqualTo(bean.retainedBytes()).isGreaterThan(10 * 16);
			assertThat(holders(analysis)).contains("bean 'shop' → com.acme.Shop.orders ([Lcom.acme.Order;)");
		}
	}

	@Test
	void openWhenThereIsNoSpringShouldFindNone() throws IOException {
		HprofWriter other = new HprofWriter().jdkClasses();
		other.declare("com.acme.Shop").staticField("ORDERS", other.string("x"));
		try (HeapAnalysis analysis = HeapAnalysis.open(other.writeTo(this.folder.resolve("a.hprof")), options())) {
			assertThat(analysis.beans()).isEmpty();
		}
	}

	@Test
	void openShouldFindEntriesOfTreeBinsAndOfAMapThatIsResized() throws IOException {
		SyntheticInstance chain = this.spring.node(this.heap.string("b"), this.heap.instance(this.shop),
				this.spring.node(this.heap.string("c"), this.heap.instance(this.shop), null));
		SyntheticArray next = this.spring
			.table(this.spring.node(this.heap.string("d"), this.heap.instance(this.shop), null), null);
		this.spring.contextOf(this.spring.mapOf(this.spring.treeBin(chain), null, this.spring.forwardingNode(next)));
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.beans()).extracting(BeanUse::name).containsExactlyInAnyOrder("b", "c", "d");
		}
	}

	@Test
	void openWhenMapIsCyclicOrDamagedShouldFindWhatIsThere() throws IOException {
		SyntheticInstance first = this.spring.node(this.heap.string("a"), this.heap.instance(this.shop), null);
		SyntheticInstance second = this.spring.node(this.heap.string("b"), this.heap.instance(this.shop), first);
		first.set("next", second);
		SyntheticInstance keyless = this.spring.node(this.heap.instance(this.shop), this.heap.instance(this.shop),
				null);
		SyntheticInstance odd = this.spring.node(this.heap.string("odd"), this.heap.instance(this.shop), null)
			.rawValues(new byte[3]);
		this.spring.contextOf(this.spring.mapOf(second, keyless, odd, first));
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.beans()).extracting(BeanUse::name).containsExactlyInAnyOrder("a", "b");
		}
	}

	@Test
	void openWhenNamesAreHostileShouldMakeThemPrintableAndShort() throws IOException {
		this.spring.context("app",
				Map.of("n".repeat(10_000), this.heap.instance(this.shop), "a\u001b[31m\nb",
						this.heap.instance(this.shop), "", this.heap.instance(this.shop), "it's",
						this.heap.instance(this.shop)));
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.beans()).extracting(BeanUse::name)
				.containsExactlyInAnyOrder("n".repeat(200), "a?[31m?b", "", "it's");
		}
	}

	@Test
	void openShouldSeeThroughProxies() throws IOException {
		SyntheticInstance target = this.heap.instance(this.shop).set("orders", orders(5));
		SyntheticClass config = this.spring.type("com.acme.Config", "state");
		this.spring.context("app",
				Map.of("jdk", this.spring.jdkProxy(this.heap.instance(this.shop)), "nested",
						this.spring.jdkProxy(this.spring.subclassProxy(this.shop, target)), "config",
						this.spring.subclassProxy(config, null)));
		try (HeapAnalysis analysis = open()) {
			assertThat(bean(analysis, "jdk").className()).isEqualTo("com.acme.Shop");
			assertThat(bean(analysis, "nested").className()).isEqualTo("com.acme.Shop");
			assertThat(bean(analysis, "config").className()).isEqualTo("com.acme.Config");
			assertThat(holders(analysis)).contains("bean 'nested' → com.acme.Shop.orders ([Lcom.acme.Order;)");
			assertThat(bean(analysis, "nested").retainedBytes()).isEqualTo(bean(analysis, "nested").heldBytes());
		}
	}

	@Test
	void openShouldTellAProductOfAFactoryBeanByItsClass() throws IOException {
		SyntheticClass maker = this.heap.declare("com.acme.ShopFactoryBean").references("made");
		SyntheticInstance product = this.heap.instance(this.shop).set("orders", orders(3));
		this.spring.context("app", Map.of("shop", this.heap.instance(maker).set("made", product)),
				Map.of("shop", product));
		try (HeapAnalysis analysis = open()) {
			BeanUse bean = bean(analysis, "shop");
			assertThat(analysis.beans()).hasSize(1);
			assertThat(bean.className()).isEqualTo("com.acme.Shop");
			assertThat(bean.heldBytes()).isEqualTo(bean.retainedBytes()).isGreaterThan(3 * 16);
		}
	}

	@Test
	void openWhenContextsHaveTheSameNameShouldTellTheContext() throws IOException {
		this.spring.context("app",
				Map.of("shop", this.heap.instance(this.shop), "alone", this.heap.instance(this.shop)));
		this.spring.context("management", Map.of("shop", this.heap.instance(this.shop)));
		this.spring.context("com.acme.AcmeContext@1f2e3d", Map.of("shop", this.heap.instance(this.shop)));
		this.spring.context("com.acme.AcmeContext@4c5b6a", Map.of("shop", this.heap.instance(this.shop)));
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.beans()).extracting(BeanUse::label)
				.containsExactlyInAnyOrder("bean 'alone'", "bean 'shop' of context 'app'",
						"bean 'shop' of context 'management'", "bean 'shop' of context 'com.acme.AcmeContext'");
			assertThat(analysis.beans().get(0).count()).isEqualTo(2);
		}
	}

	@Test
	void openShouldNotCreditABeanWithTheContextOrWithAnotherBean() throws IOException {
		SyntheticInstance other = this.heap.instance(this.shop).set("orders", orders(100));
		SyntheticInstance bean = this.heap.instance(this.shop).set("other", other);
		SyntheticInstance context = this.spring.context("app", Map.of("bean", bean, "other", other));
		bean.set("orders", context);
		context.set("state", orders(1_000));
		try (HeapAnalysis analysis = open()) {
			assertThat(bean(analysis, "bean").heldBytes()).isLessThan(100);
			assertThat(bean(analysis, "bean").sharedBytes()).isZero();
			assertThat(bean(analysis, "other").heldBytes()).isGreaterThan(100 * 16);
			assertThat(holders(analysis)).contains(
					"static java.lang.Hooks0.hooks (com.acme.AcmeContext) → com.acme.AcmeContext.state ([Lcom.acme.Order;)");
		}
	}

	@Test
	void openWhenABeanAloneHoldsALoaderShouldTellTheBean() throws IOException {
		SyntheticClass loaderClass = this.heap.declare("com.acme.ScriptLoader")
			.extending(this.heap.declare("java.lang.ClassLoader").references("name"))
			.references("classes");
		SyntheticInstance loader = this.heap.instance(loaderClass).set("name", this.heap.string("scripts"));
		SyntheticClass script = this.heap.declare("com.acme.Script").loadedBy(loader);
		loader.set("classes", this.heap.array(this.heap.objectClass(), script));
		this.spring.context("app", Map.of("scripts", this.heap.instance(this.shop).set("other", loader)));
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.loaders()).filteredOn((use) -> use.name().equals("scripts"))
				.singleElement()
				.satisfies((use) -> assertThat(use.heldBy())
					.isEqualTo("bean 'scripts' → com.acme.Shop.other (com.acme.ScriptLoader)"));
		}
	}

	@Test
	void openWhenAStaticFieldIsNearerShouldTellTheField() throws IOException {
		SyntheticArray orders = orders(50);
		this.heap.declare("com.acme.Registry").staticField("ORDERS", orders);
		this.spring.context("app", Map.of("shop", this.heap.instance(this.shop).set("orders", orders)));
		try (HeapAnalysis analysis = open()) {
			assertThat(holders(analysis)).contains("static com.acme.Registry.ORDERS ([Lcom.acme.Order;)");
			BeanUse bean = bean(analysis, "shop");
			assertThat(bean.heldBytes()).isEqualTo(bean.retainedBytes());
			assertThat(bean.sharedBytes()).isGreaterThan(50 * 16);
		}
	}

	@Test
	void openShouldTellWhatTwoBeansShare() throws IOException {
		SyntheticArray orders = orders(50);
		this.spring.context("app", Map.of("a", this.heap.instance(this.shop).set("orders", orders), "b",
				this.heap.instance(this.shop).set("orders", orders)));
		try (HeapAnalysis analysis = open()) {
			BeanUse a = bean(analysis, "a");
			BeanUse b = bean(analysis, "b");
			assertThat(a.retainedBytes()).isEqualTo(b.retainedBytes()).isLessThan(100);
			assertThat(a.sharedBytes()).isEqualTo(b.sharedBytes()).isGreaterThan(50 * 16);
			assertThat(a.heldBytes() + b.heldBytes())
				.isEqualTo(a.sharedBytes() + a.retainedBytes() + b.retainedBytes());
		}
	}

	@Test
	void openWhenAStaticFieldOfTheJdkIsTheBeanShouldTellTheField() throws IOException {
		SyntheticInstance settings = this.heap.instance(this.spring.type("java.lang.Settings", "orders"))
			.set("orders", orders(20));
		SyntheticInstance handler = this.heap.instance(this.shop).set("orders", orders(30));
		this.heap.declare("java.lang.System").staticField("props", settings).staticField("handler", handler);
		this.spring.context("app", Map.of("systemProperties", settings, "handler", handler));
		try (HeapAnalysis analysis = open()) {
			assertThat(bean(analysis, "systemProperties").heldBytes()).isZero();
			assertThat(bean(analysis, "systemProperties").retainedBytes()).isGreaterThan(20 * 16);
			assertThat(bean(analysis, "handler").heldBytes()).isGreaterThan(30 * 16);
			assertThat(holders(analysis)).contains("bean 'handler' → com.acme.Shop.orders ([Lcom.acme.Order;)",
					"static java.lang.System.props (java.lang.Settings)");
		}
	}

	@Test
	void openShouldNameScopedBeansWhereTheyAreHeld() throws IOException {
		SyntheticInstance name = this.heap.string("scopedTarget.cart");
		SyntheticClass session = this.heap.declare("com.acme.Session").references("attributes");
		SyntheticClass cart = this.heap.declare("com.acme.Cart").references("items");
		SyntheticInstance[] sessions = IntStream.range(0, 30)
			.mapToObj((i) -> this.heap.instance(session)
				.set("attributes",
						this.spring
							.mapOf(this.spring.node(name, this.heap.instance(cart).set("items", orders(3)), null))))
			.toArray(SyntheticInstance[]::new);
		this.heap.declare("com.acme.Sessions").staticField("ALL", this.heap.array(session, sessions));
		this.spring.context("app", Map.of("cart", this.spring.scopedProxy(name)));
		try (HeapAnalysis analysis = open()) {
			BeanUse use = analysis.beans()
				.stream()
				.filter((each) -> each.scope() == BeanUse.Scope.SCOPED)
				.findFirst()
				.orElseThrow();
			assertThat(use.label()).isEqualTo("scoped bean 'cart'");
			assertThat(use.count()).isEqualTo(30);
			assertThat(use.className()).isEqualTo("com.acme.Cart");
			assertThat(use.heldBytes()).isEqualTo(use.retainedBytes()).isGreaterThan(30 * 3 * 16);
			PathTree paths = analysis.paths();
			assertThat(IntStream.range(1, paths.size()).mapToObj(paths::path))
				.contains("static com.acme.Sessions.ALL ([Lcom.acme.Session;) → [*] (com.acme.Session) → "
						+ "com.acme.Session.attributes (java.util.concurrent.ConcurrentHashMap) → "
						+ "scoped bean 'cart' (com.acme.Cart)");
		}
	}

	@Test
	void openWhenAContextIsGarbageShouldNotFindItsBeans() throws IOException {
		SyntheticClass registry = this.heap.declare("com.acme.OldFactory")
			.extending(this.heap.declare("org.springframework.beans.factory.support.DefaultSingletonBeanRegistry")
				.references("singletonObjects"));
		this.heap.instance(registry)
			.set("singletonObjects", this.spring.map(Map.of("old", this.heap.instance(this.shop))));
		try (HeapAnalysis analysis = open()) {
			assertThat(analysis.beans()).isEmpty();
		}
	}

	private SyntheticArray orders(int count) {
		SyntheticClass order = this.heap.declare("com.acme.Order").references("next");
		return this.heap.array(order,
				IntStream.range(0, count).mapToObj((i) -> this.heap.instance(order)).toArray(SyntheticInstance[]::new));
	}

	private HeapAnalysis open() throws IOException {
		return HeapAnalysis.open(this.heap.writeTo(this.folder.resolve("heap.hprof")), options());
	}

	private HeapOptions options() {
		return HeapOptions.defaults().withTemporaryDirectory(this.folder);
	}

	private static BeanUse bean(HeapAnalysis analysis, String name) {
		return analysis.beans().stream().filter((each) -> each.name().equals(name)).findFirst().orElseThrow();
	}

	private static List<String> holders(HeapAnalysis analysis) {
		PathTree paths = analysis.paths();
		return IntStream.range(1, paths.size()).mapToObj(paths::holder).toList();
	}

}
