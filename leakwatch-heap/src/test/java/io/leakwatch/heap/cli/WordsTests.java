package io.leakwatch.heap.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Names}, {@link Numbers}, {@link Output} and the text of JSON. */
class WordsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0 | 0
			999 | 999
			-1000 | -1,000
			1234567 | 1,234,567
			-9223372036854775808 | -9,223,372,036,854,775,808
			""")
	void countShouldSetThousandsApart(long number, String expected) {
		assertThat(Numbers.count(number)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0 | 0 B
			1023 | 1,023 B
			1024 | 1.0 KB
			1048575 | 1.0 MB
			1048576 | 1.0 MB
			12897485 | 12.3 MB
			-2048 | -2.0 KB
			5000000000 | 4.7 GB
			9223372036854775807 | 8.0 EB
			-9223372036854775808 | -8.0 EB
			""")
	void bytesShouldTakeTheUnitThatSuits(long bytes, String expected) {
		assertThat(Numbers.bytes(bytes)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[B | byte[]
			[[Ljava.lang.String; | java.lang.String[][]
			[X | [X
			[ | [
			com.acme.Order$Line | com.acme.Order$Line
			""")
	void readableShouldWriteArraysAsTheLanguageDoes(String className, String expected) {
		assertThat(Names.readable(className)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			static com.acme.Bus.LISTENERS (java.util.ArrayList) | static Bus.LISTENERS (ArrayList)
			class loader 'com.acme.Loader' → x.y.Z.f ([Lx.y.Z;) | class loader 'com.acme.Loader' → Z.f (Z[])
			[*] ([B) | [*] (byte[])
			a.b.c.d | c.d
			. .. a. .b | . .. a. .b
			""")
	void shortenedShouldLeaveOutPackages(String words, String expected) {
		assertThat(Names.shortened(words)).isEqualTo(expected);
	}

	@Test
	void fittedShouldAbbreviatePackagesAsFarAsNeeded() {
		String name = "org.springframework.beans.factory.support.DefaultListableBeanFactory";
		assertThat(Names.fitted(name, 100)).isEqualTo(name);
		assertThat(Names.fitted(name, 60)).isEqualTo("o.s.beans.factory.support.DefaultListableBeanFactory");
		assertThat(Names.fitted(name, 20)).hasSize(20).startsWith("o.s.b.").contains("…").endsWith("Factory");
	}

	@Test
	void jsonShouldEscapeWhatIsNotToBeShown() {
		String hostile = SyntheticDumps.HOSTILE + '\u0000' + '\ud800' + "x\udc00\u007f\u0085";
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Output out = new Output(new PrintStream(bytes, true, StandardCharsets.UTF_8), StandardCharsets.UTF_8, false);
		JsonReport.write(new Report().fact("a", "", Kind.TEXT, hostile)
			.fact("nan", "", Kind.SHARE, Double.NaN)
			.fact("nothing", "", Kind.TEXT, null), out);
		out.flush();
		String json = bytes.toString(StandardCharsets.UTF_8);
		assertThat(json).contains("\\u001b", "\\u202e", "\\u2028", "\\ud800", "\\udc00", "\\u007f", "\\u0085",
				"\ud83d\ude00", "\"nan\": null", "\"nothing\": null");
		assertThat(JsonMapper.builder().build().readTree(json).get("a").asString()).isEqualTo(hostile);
	}

	@Test
	void outputWhenCharsetIsPoorShouldWriteWhatLooksAlike() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Output out = new Output(new PrintStream(bytes), StandardCharsets.US_ASCII, true);
		out.add("a → b … 2 × c ").strong("title").flush();
		assertThat(bytes.toString(StandardCharsets.US_ASCII)).isEqualTo("a -> b ... 2 x c \u001b[1mtitle\u001b[0m");
	}

	@Test
	void nearestShouldFindWhatIsNear() {
		assertThat(Spelling.nearest("hist", Command.names())).isEqualTo("histogram");
		assertThat(Spelling.nearest("xyz", Command.names())).isNull();
	}

}
