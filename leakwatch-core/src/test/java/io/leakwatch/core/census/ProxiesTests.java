package io.leakwatch.core.census;

import java.util.Collections;
import java.util.List;

import com.acme.Proxied;
import com.acme.Proxied.Service$$SpringCGLIB$$0;
import com.acme.Shop.OrderService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Proxies} and {@link ClassText}.
 */
class ProxiesTests {

	private final Proxies proxies = new Proxies(new ObjectShapes());

	private final OrderService target = new OrderService();

	@Test
	void behindWhenGeneratedSubclassShouldFindTheTarget() {
		Object proxy = new Service$$SpringCGLIB$$0(this.target);
		assertThat(this.proxies.behind(proxy)).satisfiesExactly((first) -> assertThat(first).isSameAs(proxy),
				(second) -> assertThat(second).isSameAs(this.target));
	}

	@Test
	void behindWhenProxyOfAProxyShouldFindBothTargets() {
		Object inner = new Service$$SpringCGLIB$$0(this.target);
		assertThat(this.proxies.behind(Proxied.byJdk(inner))).hasSize(3).last().isSameAs(this.target);
	}

	@Test
	void behindWhenNoProxyShouldBeTheObject() {
		assertThat(this.proxies.behind(this.target)).hasSize(1).first().isSameAs(this.target);
	}

	@Test
	void readWhenBeanIsAProxyShouldTellTheTargetsFieldsAsTheBeans() {
		this.target.recent.addAll(Collections.nCopies(20, "x"));
		for (Object proxy : List.of(new Service$$SpringCGLIB$$0(this.target), Proxied.byJdk(this.target))) {
			ContainerCensus census = new ContainerCensus(() -> List.of(new NamedRoot("bean 'orders'", proxy)));
			assertThat(census.walk(Census.LONG)).isTrue();
			assertThat(census.read()).extracting(HolderSize::holder)
				.contains("bean 'orders' → com.acme.Shop$OrderService.recent (java.util.ArrayList)");
		}
	}

	@Test
	void nameShouldBeWhatAPersonCallsTheClass() {
		Runnable lambda = () -> {
		};
		assertThat(ClassText.name(Service$$SpringCGLIB$$0.class)).isEqualTo("com.acme.Shop$OrderService");
		assertThat(ClassText.name(String[][].class)).isEqualTo("java.lang.String[][]");
		assertThat(ClassText.name(lambda.getClass())).isEqualTo(ProxiesTests.class.getName() + "$$Lambda");
	}

}
