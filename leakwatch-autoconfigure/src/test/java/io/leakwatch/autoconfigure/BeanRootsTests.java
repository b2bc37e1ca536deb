package io.leakwatch.autoconfigure;

import java.util.List;

import io.leakwatch.core.census.NamedRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BeanRoots}.
 */
class BeanRootsTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final BeanRoots roots = new BeanRoots(this.context);

	@BeforeEach
	void prepare() {
		this.context.setId("shop");
		this.context.addApplicationListener(this.roots);
		this.context.registerBean("orders", Orders.class);
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void getShouldNameBeansBeforeContexts() {
		this.context.refresh();
		assertThat(this.roots.get()).contains(new NamedRoot("bean 'orders'", this.context.getBean("orders")))
			.last()
			.isEqualTo(new NamedRoot("context 'shop'", this.context));
	}

	@Test
	void getWhenBeanIsLazyShouldNotMakeIt() {
		this.context.registerBean("lazy", Explosive.class, (definition) -> definition.setLazyInit(true));
		this.context.registerBean("perCall", Explosive.class,
				(definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE));
		this.context.refresh();
		assertThat(names()).contains("bean 'orders'").doesNotContain("bean 'lazy'", "bean 'perCall'");
	}

	@Test
	void getWhenFactoryBeanIsThereShouldNotAskItForItsProduct() {
		this.context.registerBean("product", ExplosiveFactory.class);
		this.context.refresh();
		assertThat(this.roots.get()).filteredOn((root) -> root.name().equals("bean 'product'"))
			.singleElement()
			.satisfies((root) -> assertThat(root.object()).isInstanceOf(ExplosiveFactory.class));
	}

	@Test
	void getWhenBeanIsBeingMadeShouldLeaveItOut() {
		this.context.registerBean("reader", Reader.class, () -> new Reader(this.roots));
		this.context.refresh();
		assertThat(this.context.getBean(Reader.class).seen).extracting(NamedRoot::name)
			.contains("bean 'orders'")
			.doesNotContain("bean 'reader'");
	}

	@Test
	void getWhenThereIsContextBelowShouldNameItsBeansAfterIt() {
		this.context.refresh();
		try (GenericApplicationContext child = new GenericApplicationContext(this.context)) {
			child.setId("management");
			child.registerBean("ports", Orders.class);
			child.refresh();
			assertThat(names()).contains("bean 'orders'", "bean 'ports' of context 'management'",
					"context 'management'");
		}
		assertThat(names()).doesNotContain("bean 'ports' of context 'management'");
	}

	@Test
	void getWhenThereIsContextAboveShouldNameItsBeansAfterIt() {
		this.context.refresh();
		try (GenericApplicationContext child = new GenericApplicationContext(this.context)) {
			child.refresh();
			assertThat(new BeanRoots(child).get()).extracting(NamedRoot::name)
				.contains("bean 'orders' of context 'shop'");
		}
	}

	private List<String> names() {
		return this.roots.get().stream().map(NamedRoot::name).toList();
	}

	static final class Orders {

	}

	static final class Explosive {

		Explosive() {
			throw new AssertionError("It was not asked for");
		}

	}

	static final class ExplosiveFactory implements FactoryBean<Orders> {

		@Override
		public Orders getObject() {
			throw new AssertionError("It was not asked for its product");
		}

		@Override
		public Class<?> getObjectType() {
			return Orders.class;
		}

	}

	static final class Reader {

		private final List<NamedRoot> seen;

		Reader(BeanRoots roots) {
			this.seen = roots.get();
		}

	}

}
