package io.leakwatch.heap.oracle;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the oracles are of one mind about a dump of this JVM: where they are not,
 * they cannot say who is right.
 */
class HeapOracleTests {

	private static NetBeansOracle netBeans;

	private static SharkOracle shark;

	@BeforeAll
	static void dump(@TempDir Path folder) throws Exception {
		Path dump = folder.resolve("own.hprof");
		ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
		netBeans = new NetBeansOracle(dump);
		shark = new SharkOracle(dump);
	}

	@AfterAll
	static void close() throws Exception {
		netBeans.close();
		shark.close();
	}

	@Test
	void classesShouldAgree() {
		assertThat(netBeans.classes()).hasSizeGreaterThan(500)
			.containsValues("java.lang.String", "[Ljava.lang.String;", "[[I", "[B", HeapOracleTests.class.getName())
			.isEqualTo(shark.classes());
	}

	@Test
	void objectsByClassShouldAgree() {
		assertThat(netBeans.objectsByClass()).containsKeys("java.lang.String", "[B", "[Ljava.lang.Object;")
			.containsExactlyInAnyOrderEntriesOf(shark.objectsByClass());
	}

	@Test
	void referencesShouldAgree() {
		assertThat(netBeans.sample(7)).hasSizeGreaterThan(5_000)
			.allSatisfy((id) -> assertThat(netBeans.references(id)).isEqualTo(shark.references(id)));
		assertThat(netBeans.classes().keySet())
			.allSatisfy((id) -> assertThat(netBeans.references(id)).isEqualTo(shark.references(id)));
	}

	@Test
	void rootsShouldAgree() {
		assertThat(netBeans.roots()).hasSizeGreaterThan(100).isEqualTo(shark.roots());
	}

}
