package io.leakwatch.core.histogram;

import java.util.List;

import io.leakwatch.heap.profile.ClassCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HistogramParser}.
 */
class HistogramParserTests {

	private final HistogramParser parser = new HistogramParser();

	@Test
	void parseWhenJdk17ShouldReadTheClassesAndNothingElse() {
		List<ClassCount> classes = this.parser.parse("""
				 num     #instances         #bytes  class name (module)
				-------------------------------------------------------
				   1:         19781        1430424  [B (java.base@17.0.15)
				   2:           171          16656  [Ljava.lang.invoke.LambdaForm$Name; (java.base@17.0.15)
				   3:           100           1600  com.acme.Order$$Lambda$227/0x00007f568c150220
				   4:            12            288  com.acme.Order
				Total         20064        1448968
				""");
		assertThat(classes).containsExactly(new ClassCount("[B", 19_781, 1_430_424),
				new ClassCount("[Ljava.lang.invoke.LambdaForm$Name;", 171, 16_656),
				new ClassCount("com.acme.Order$$Lambda", 100, 1_600), new ClassCount("com.acme.Order", 12, 288));
	}

	@Test
	void parseWhenJdk25ShouldReadTheClasses() {
		List<ClassCount> classes = this.parser
			.parse("""
					 num     #instances         #bytes  class name (module)
					-------------------------------------------------------
					  37:          5633          90128  com.acme.Symbols$$Lambda/0x00000000980ecef8 (com.acme@25.0.3)
					  38:           638          15312  java.util.stream.MatchOps$$Lambda/0x800000004 (java.base@25.0.3)
					  39:            33            792  java.lang.invoke.LambdaForm$DMH/0x0000000098110000 (java.base@25.0.3)
					""");
		assertThat(classes).extracting(ClassCount::className)
			.containsExactly("com.acme.Symbols$$Lambda", "java.util.stream.MatchOps$$Lambda",
					"java.lang.invoke.LambdaForm$DMH");
	}

	@Test
	void parseWhenNameHasSpacesShouldKeepIt() {
		List<ClassCount> classes = this.parser.parse("""
				   1:     3     72  com.acme.OrderTest$adds one (twice)$1
				   2:     4     96  com.acme.Named here (com.acme.module@1.2)
				""");
		assertThat(classes).extracting(ClassCount::className)
			.containsExactly("com.acme.OrderTest$adds one (twice)$1", "com.acme.Named here");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n\n", "Total 1 2", "1 2 3 com.acme.Order", "1: 2 com.acme.Order", "1: -2 3 x.Y",
			"1: 2 0x3 x.Y", "1: 2 3", "1: ٢ 3 x.Y", "1: 99999999999999999999 3 x.Y", ": : : :", "Exception in thread",
			"1:2:3:x" })
	void parseWhenLineIsOfAnotherFormShouldPassItOver(String text) {
		assertThat(this.parser.parse(text + "\n 7: 8 9 com.acme.Good\n"))
			.containsExactly(new ClassCount("com.acme.Good", 8, 9));
	}

	@Test
	void parseWhenNamesRepeatShouldUseTheSameStringAgain() {
		String text = " 1: 8 9 com.acme.Order (m@1)\n";
		String first = this.parser.parse(text).get(0).className();
		assertThat(this.parser.parse(text).get(0).className()).isSameAs(first);
	}

}
