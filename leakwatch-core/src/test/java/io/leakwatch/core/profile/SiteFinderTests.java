package io.leakwatch.core.profile;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SiteFinder} and {@link CodeLine}.
 */
class SiteFinderTests {

	private static final CodeLine MAP = new CodeLine("java.util.HashMap", "put", 600);

	private static final CodeLine LIBRARY = new CodeLine("org.lib.Cache", "store", 12);

	private static final CodeLine ORDER = new CodeLine("com.acme.probed.Order", "<init>", 8);

	private static final CodeLine LOAD = new CodeLine("com.acme.probed.Order", "load", 20);

	private static final CodeLine PLACE = new CodeLine("com.acme.probed.Shop", "place", 41);

	private static final CodeLine CENSUS = new CodeLine("io.leakwatch.core.census.Walk", "run", 5);

	private static final CodeLine BOUND = new CodeLine("io.leakwatch.core.bound.BoundedMap", "put", 7);

	private final SiteFinder finder = new SiteFinder(List.of("com.acme.probed"));

	@Test
	void findShouldTellInnermostLineOfApplication() {
		assertThat(find(MAP, LIBRARY, PLACE, LOAD)).isEqualTo(PLACE);
	}

	@Test
	void findWhenThereIsNoApplicationShouldTellLibrary() {
		assertThat(find(MAP, LIBRARY, MAP)).isEqualTo(LIBRARY);
		assertThat(find(MAP, MAP)).isNull();
		assertThat(find()).isNull();
	}

	@Test
	void findWhenConstructorAllocatesShouldTellWhoMadeTheObject() {
		assertThat(find(MAP, ORDER, ORDER, PLACE)).isEqualTo(PLACE);
	}

	@Test
	void findWhenLibraryMakesTheObjectShouldTellItsConstructor() {
		assertThat(find(ORDER, LIBRARY, PLACE)).isEqualTo(ORDER);
		assertThat(find(ORDER)).isEqualTo(ORDER);
	}

	@Test
	void findWhenMethodIsCalledByConstructorShouldTellItUnlessTheObjectIsAskedFor() {
		assertThat(find(MAP, LOAD, ORDER, PLACE)).isEqualTo(LOAD);
		assertThat(this.finder.find(List.of(MAP, LOAD, ORDER, PLACE), Set.of("com.acme.probed.Order")))
			.isEqualTo(PLACE);
	}

	@Test
	void findWhenCodeIsGeneratedShouldTellTheNextLine() {
		assertThat(find(new CodeLine("com.acme.probed.Shop$$SpringCGLIB$$0", "place", 3),
				new CodeLine("com.acme.probed.Shop", "x", -1), PLACE))
			.isEqualTo(PLACE);
	}

	@Test
	void findWhenLeakWatchAllocatesShouldTellNothing() {
		assertThat(find(MAP, CENSUS, PLACE)).isNull();
	}

	@Test
	void findWhenApplicationUsesBoundedMapShouldTellTheApplication() {
		assertThat(find(MAP, BOUND, MAP, LIBRARY, PLACE)).isEqualTo(PLACE);
		assertThat(find(MAP, PLACE, CENSUS)).isEqualTo(PLACE);
	}

	@ParameterizedTest
	@CsvSource({ "com.acme.probed.Shop, Shop.java", "com.acme.probed.Shop$Order$1, Shop.java", "Main, Main.java",
			"com.acme.probed.ShopKt, Shop.kt", "com.acme.probed.$Odd$1, $Odd.java" })
	void inWordsShouldInferTheFile(String className, String file) {
		assertThat(new CodeLine(className, "add", 7).inWords()).isEqualTo(className + ".add(" + file + ":7)");
	}

	private @Nullable CodeLine find(CodeLine... stack) {
		return this.finder.find(List.of(stack), Set.of());
	}

}
