package io.leakwatch.core.suspect;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClassOrigin}.
 */
class ClassOriginTests {

	@ParameterizedTest
	@CsvSource({ "com.acme.Order, APPLICATION", "com.acme.sub.Order$Line, APPLICATION",
			"[Lcom.acme.Order;, APPLICATION", "[[Lcom.acme.Order;, APPLICATION", "org.other.Thing, APPLICATION",
			"com.acmeish.Order, LIBRARY", "com.fasterxml.Node, LIBRARY", "javassist.Pool, LIBRARY",
			"[Lio.netty.Chunk;, LIBRARY", "NoPackage, LIBRARY", "[LNoPackage;, LIBRARY",
			"io.leakwatch.core.X, LEAKWATCH", "[Lio.leakwatch.heap.X;, LEAKWATCH", "java.lang.String, JDK",
			"[Ljava.lang.String;, JDK", "[B, JDK", "[[I, JDK", "jdk.internal.X, JDK", "sun.nio.X, JDK",
			"com.sun.crypto.X, JDK", "javax.management.X, JDK", "<constMethodKlass>, JDK" })
	void ofShouldTellByTheName(String className, ClassOrigin origin) {
		assertThat(ClassOrigin.of(className, List.of("com.acme", "org.other"))).isEqualTo(origin);
	}

}
