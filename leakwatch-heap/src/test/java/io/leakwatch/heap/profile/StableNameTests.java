package io.leakwatch.heap.profile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link StableName}. */
class StableNameTests {

	@ParameterizedTest
	@CsvSource({ "com.acme.A$$Lambda$14/0x000000080, com.acme.A$$Lambda", "com.acme.A$$Lambda/0x80, com.acme.A$$Lambda",
			"com.acme.A$$Lambda+0x00007f8a3c1f, com.acme.A$$Lambda",
			"com.acme.A$$Lambda$14.1234567, com.acme.A$$Lambda",
			"[Lcom.acme.A$$Lambda$227/0x80;, [Lcom.acme.A$$Lambda;", "com.acme.Hidden/0x000000080, com.acme.Hidden",
			"com.acme.Hidden+0x000000080, com.acme.Hidden", "com.acme.Hidden.0x80a, com.acme.Hidden",
			"[[Lcom.acme.Hidden/0x80;, [[Lcom.acme.Hidden;",
			"java.lang.invoke.LambdaForm$MH/0x0000000800066c00, java.lang.invoke.LambdaForm$MH",
			"java.lang.invoke.LambdaForm$DMH/817348612, java.lang.invoke.LambdaForm$DMH",
			"jdk.internal.reflect.GeneratedMethodAccessor12, jdk.internal.reflect.GeneratedMethodAccessor",
			"sun.reflect.GeneratedConstructorAccessor3, sun.reflect.GeneratedConstructorAccessor",
			"jdk.internal.reflect.GeneratedSerializationConstructorAccessor7, "
					+ "jdk.internal.reflect.GeneratedSerializationConstructorAccessor",
			"com.sun.proxy.$Proxy12, com.sun.proxy.$Proxy", "jdk.proxy2.$Proxy104, jdk.proxy.$Proxy",
			"[Ljdk.proxy2.$Proxy104;, [Ljdk.proxy.$Proxy;", "com.acme.$Proxy3, com.acme.$Proxy",
			"com.acme.A$$EnhancerBySpringCGLIB$$1f2e3d4c, com.acme.A$$EnhancerBySpringCGLIB$$",
			"com.acme.A$HibernateProxy$xY7zq1Wp, com.acme.A$HibernateProxy$" })
	void ofClassShouldLeaveOutWhatDiffersFromRunToRun(String className, String stable) {
		assertThat(StableName.ofClass(className)).isEqualTo(stable);
		assertThat(StableName.ofClass(stable)).isEqualTo(stable);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "I", "[", "[I", "[[I", "[L;", "?", "com.acme.Order", "[Lcom.acme.Order;",
			"com.acme.Order1", "com.acme.a1", "com.acme.FACADE1", "com.acme.v2.Order", "com.acme.Order$1",
			"com.acme.Order$Proxy2", "com.acme.A$$SpringCGLIB$$0", "com.acme.Proxy2", "class 0x7f12",
			"jdk.proxyless.Order", "0x80", "/0x80", "$$Lambda" })
	void ofClassShouldLeaveOtherNamesAsTheyAre(String className) {
		assertThat(StableName.ofClass(className)).isEqualTo(className);
	}

	@Test
	void ofFieldShouldLeaveTheFieldAsItIs() {
		assertThat(StableName.ofField("com.acme.A$$Lambda$14+0x80.arg$1")).isEqualTo("com.acme.A$$Lambda.arg$1");
		assertThat(StableName.ofField("static com.acme.A$$Lambda$14+0x80.LAMBDA_INSTANCE$"))
			.isEqualTo("static com.acme.A$$Lambda.LAMBDA_INSTANCE$");
		assertThat(StableName.ofField("com.acme.$Proxy12.h")).isEqualTo("com.acme.$Proxy.h");
		assertThat(StableName.ofField("com.acme.Shop.$Proxy12")).isEqualTo("com.acme.Shop.$Proxy12");
		assertThat(StableName.ofField("[*]")).isEqualTo("[*]");
		assertThat(StableName.ofField("thread group 'pool-#'")).isEqualTo("thread group 'pool-#'");
	}

}
