package io.leakwatch.test;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What this module may depend on, and what it shows.
 */
class ArchitectureTests {

	private final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.leakwatch.test");

	@Test
	void dependenciesShouldBeCoreHeapAndJupiterOnly() {
		classes().should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("io.leakwatch.test", "io.leakwatch.core..", "io.leakwatch.heap..", "java..",
					"org.junit.jupiter.api..", "org.junit.platform.commons.support..", "org.jspecify..")
			.check(this.classes);
	}

	@Test
	void publicTypesShouldBeTheAnnotationAndTheAssertions() {
		List<Class<?>> shown = this.classes.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.<Class<?>>map(JavaClass::reflect)
			.toList();
		assertThat(shown).containsExactlyInAnyOrder(LeakTest.class, HeapAssert.class);
	}

}
