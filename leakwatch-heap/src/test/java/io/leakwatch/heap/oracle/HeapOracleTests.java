package io.leakwatch.heap.oracle;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the oracles are of one mind about a dump: where they are not, they cannot
 * say who is right.
 */
@ParameterizedClass
@MethodSource("io.leakwatch.heap.oracle.OracleDump#all")
class HeapOracleTests {

	@Parameter // For the method before all: JUnit hands over only what the class
				// declares.
	OracleDump setting;

	private static NetBeansOracle netBeans;

	private static SharkOracle shark;

	@BeforeParameterizedClassInvocation
	static void open(OracleDump setting, @TempDir Path folder) throws IOException {
		Path dump = setting.writeLive(folder);
		netBeans = new NetBeansOracle(dump);
		shark = new SharkOracle(dump);
	}

	@AfterParameterizedClassInvocation
	static void close() throws IOException {
		netBeans.close();
		shark.close();
	}

	@Test
	void classesShouldAgree() {
		assertThat(netBeans.classes()).hasSizeGreaterThan(500)
			.containsValues("java.lang.String", "[Ljava.lang.String;", "[[I", "[B",
					"io.leakwatch.heap.fixture.HeapFixture")
			.isEqualTo(shark.classes());
	}

	@Test
	void objectsByClassShouldAgree() {
		assertThat(netBeans.objectsByClass()).containsKeys("java.lang.String", "[B", "[Ljava.lang.Object;")
			.containsExactlyInAnyOrderEntriesOf(shark.objectsByClass());
	}

	@Test
	void referencesShouldAgree() {
		assertThat(shark.sample(7)).hasSizeGreaterThan(1_000)
			.allSatisfy((id) -> assertThat(netBeans.references(id)).isEqualTo(shark.references(id)));
		assertThat(netBeans.classes().keySet())
			.allSatisfy((id) -> assertThat(netBeans.references(id)).isEqualTo(shark.references(id)));
	}

	@Test
	void rootsShouldAgree() {
		assertThat(netBeans.roots()).hasSizeGreaterThan(100).isEqualTo(shark.roots());
	}

}
