package io.leakwatch.core.suspect;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HolderPath}.
 */
class HolderPathTests {

	@Test
	void ofShouldTellTheParts() {
		HolderPath path = HolderPath.of("bean 'orderService' → com.acme.OrderService.recent (java.util.ArrayList)");
		assertThat(path.root()).isEqualTo("bean 'orderService'");
		assertThat(path.path()).isEqualTo("bean 'orderService' → com.acme.OrderService.recent");
		assertThat(path.declaringClass()).isEqualTo("com.acme.OrderService");
		assertThat(path.field()).isEqualTo("recent");
		assertThat(path.shortField()).isEqualTo("OrderService.recent");
		assertThat(path.depth()).isEqualTo(2);
	}

	@Test
	void ofWhenStaticShouldTellTheParts() {
		HolderPath path = HolderPath.of("static com.acme.Registry$Inner.ENTRIES (java.util.HashMap)");
		assertThat(path.root()).isEqualTo("static");
		assertThat(path.declaringClass()).isEqualTo("com.acme.Registry$Inner");
		assertThat(path.shortField()).isEqualTo("Registry.Inner.ENTRIES");
	}

	@Test
	void ofWhenDeeperShouldTellTheLastField() {
		HolderPath path = HolderPath
			.of("bean 'a' → com.acme.A.inner → com.acme.Inner.items[*].lines (java.util.ArrayList)");
		assertThat(path.declaringClass()).isEqualTo("com.acme.Inner");
		assertThat(path.field()).isEqualTo("items[*].lines");
		assertThat(path.depth()).isEqualTo(4);
	}

	@Test
	void ofWhenTheNameIsOddShouldStillTellSomething() {
		assertThat(HolderPath.of("").root()).isEmpty();
		HolderPath path = HolderPath.of("thread group 'conv-pool-#'");
		assertThat(path.declaringClass()).isEmpty();
		assertThat(path.shortField()).isEqualTo("thread group 'conv-pool-#'");
	}

	@Test
	void isBelowShouldCompareWholeSteps() {
		HolderPath map = HolderPath.of("bean 'a' → com.acme.A.byKey (java.util.HashMap)");
		assertThat(HolderPath.of("bean 'a' → com.acme.A.byKey[*].list (java.util.ArrayList)").isBelow(map)).isTrue();
		assertThat(HolderPath.of("bean 'a' → com.acme.A.byKey → com.acme.K.all (java.util.ArrayList)").isBelow(map))
			.isTrue();
		assertThat(HolderPath.of("bean 'a' → com.acme.A.byKeyToo (java.util.ArrayList)").isBelow(map)).isFalse();
		assertThat(map.isBelow(map)).isFalse();
	}

}
