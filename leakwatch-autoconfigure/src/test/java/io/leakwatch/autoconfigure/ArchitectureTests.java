package io.leakwatch.autoconfigure;

import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the house stands as it was drawn: what depends on what, and what is public.
 */
class ArchitectureTests {

	/** The copy of Caffeine in the core's jar is not ours. */
	private static final ImportOption OUR_OWN = (Location location) -> !location.contains("/io/leakwatch/internal/");

	private static final JavaClasses house = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption(OUR_OWN)
		.importPackages("io.leakwatch");

	@Test
	void importShouldSeeEveryModule() {
		for (String module : new String[] { "io.leakwatch.heap.", "io.leakwatch.core.",
				"io.leakwatch.autoconfigure." }) {
			assertThat(house.stream().filter((type) -> type.getPackageName().startsWith(module))).as(module)
				.isNotEmpty();
		}
		assertThat(house.stream().filter((type) -> type.getSimpleName().endsWith("Tests"))).isEmpty();
	}

	@Test
	void heapShouldDependOnTheJdkAlone() {
		classes().that()
			.resideInAPackage("io.leakwatch.heap..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "jdk..", "com.sun..", "org.jspecify..", "io.leakwatch.heap..")
			.check(house);
	}

	@Test
	void coreShouldDependOnHeapAndNoSpring() {
		classes().that()
			.resideInAPackage("io.leakwatch.core..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "javax.management..", "jdk..", "com.sun.management..", "org.jspecify..",
					"org.slf4j..", "io.leakwatch.heap..", "io.leakwatch.core..", "com.github.benmanes.caffeine..",
					"io.leakwatch.internal.caffeine..")
			.check(house);
	}

	@Test
	void coresCopyOfCaffeineShouldBeUsedByBoundAlone() {
		noClasses().that()
			.resideOutsideOfPackage("io.leakwatch.core.bound..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.leakwatch.internal..")
			.check(house);
		noClasses().that()
			.resideInAPackage("io.leakwatch.core..")
			.and()
			.resideOutsideOfPackage("io.leakwatch.core.bound..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("com.github.benmanes.caffeine..")
			.check(house);
	}

	@Test
	void applicationsCaffeineShouldBeTouchedByOneClassAlone() {
		noClasses().that()
			.resideInAPackage("io.leakwatch.autoconfigure..")
			.and()
			.haveNameNotMatching(".*\\.CaffeineCaches(\\$.*)?")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.github.benmanes.caffeine..", "org.springframework.cache.caffeine..")
			.check(house);
	}

	@Test
	void managementBeansShouldBeReadBySignalsAndHistogramsAlone() {
		noClasses().that()
			.resideInAnyPackage("io.leakwatch.core..", "io.leakwatch.autoconfigure..")
			.and()
			.resideOutsideOfPackages("io.leakwatch.core.signal..", "io.leakwatch.core.histogram..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("java.lang.management..", "javax.management..", "com.sun.management..")
			.check(house);
	}

	@Test
	void packagesShouldBeFreeOfCycles() {
		slices().matching("io.leakwatch.(**)").should().beFreeOfCycles().check(house);
	}

	@Test
	void noCodeShouldPrintOrUseTheLoggerOfTheJdk() {
		noClasses().that()
			.resideInAnyPackage("io.leakwatch.core..", "io.leakwatch.autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("java.util.logging..")
			.orShould()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.check(house);
	}

	@Test
	void publicTypesOfTheStarterShouldBeTheseAlone() {
		Set<String> types = new TreeSet<>();
		for (JavaClass type : house) {
			if (type.getPackageName().startsWith("io.leakwatch.autoconfigure") && type.isTopLevelClass()
					&& type.getModifiers().contains(JavaModifier.PUBLIC)) {
				types.add(type.getSimpleName());
			}
		}
		assertThat(types).containsExactlyInAnyOrder(
				// Auto-configurations and properties
				"JvmMetersAutoConfiguration", "LeakWatchAutoConfiguration", "LeakWatchCacheAutoConfiguration",
				"LeakWatchEndpointAutoConfiguration", "LeakWatchHealthAutoConfiguration",
				"LeakWatchMetersAutoConfiguration", "LeakWatchCacheProperties", "LeakWatchProperties",
				"LeakWatchOperationsAutoConfiguration", "LeakWatchOperationsProperties", "LeakWatchSnapshotProperties",
				// Events
				"CacheAlertEvent", "LeakConfirmedEvent", "LeakSuspectedEvent", "SnapshotTakenEvent",
				// Endpoints and what they answer
				"BeanRowDescriptor", "CacheReading", "ClassRowDescriptor", "ContainerDescriptor", "DiffRowDescriptor",
				"HeapDiffDescriptor", "HeapDumpDiffEndpoint", "LeakWatchDescriptor", "LeakWatchEndpoint",
				"LoaderRowDescriptor", "PathRowDescriptor", "ProblemDescriptor", "ProfileForm", "ReportFormat",
				"SnapshotDescriptor", "TimelinePointDescriptor",
				// Caches: what an application may find in place of its own, and the watch
				// that the endpoint reads
				"BoundedConcurrentMapCache", "BoundedConcurrentMapCacheManager", "CacheWatch");
	}

}
