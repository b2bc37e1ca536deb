package io.leakwatch.core.snapshot;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnalyserOutput}.
 */
class AnalyserOutputTests {

	private final List<String> told = new ArrayList<>();

	@Test
	void progressShouldBeToldAndNeverFall() {
		String words = read("progress 8 objects\nprogress 42 reachable objects\r\nprogress 41 paths\nprogress 900 x\n");
		assertThat(this.told).containsExactly("objects 0.08", "reachable objects? 0.42", "paths 0.42", "x 1.0");
		assertThat(words).isEmpty();
	}

	@Test
	void progressThatIsNoneShouldBeLeftOut() {
		read("progress\nprogress \nprogress x y\nprogress 5\nprogress 99999999999 z\nprogress 7 fine\n");
		assertThat(this.told).containsExactly("fine 0.07");
	}

	@Test
	void wordsShouldBeTheLastLinesMadePrintable() {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < 1_000; i++) {
			text.append("line ").append(i).append('\n');
		}
		text.append("\n   \nprogress 5 x\nleakwatch-heap: the file \u001b[31m is no dump");
		assertThat(read(text.toString()))
			.isEqualTo("line 996; line 997; line 998; line 999; the file ?[31m is no dump");
	}

	@Test
	void wordsShouldBeCutHoweverLongTheLineIs() {
		assertThat(read("x".repeat(1_000_000))).hasSize(400);
	}

	@Test
	void listenerThatFailsShouldNotStopTheReading() {
		AnalyserOutput output = new AnalyserOutput(stream("progress 5 x\nlast words\n"), (phase, done) -> {
			throw new IllegalStateException("listener");
		});
		output.run();
		assertThat(output.lastWords()).isEqualTo("last words");
	}

	@Test
	void streamThatFailsShouldEndTheReading() {
		// Nothing is connected to it, so that it cannot be read.
		AnalyserOutput output = new AnalyserOutput(new PipedInputStream(), (phase, done) -> {
		});
		output.run();
		assertThat(output.lastWords()).isEmpty();
	}

	private String read(String text) {
		AnalyserOutput output = new AnalyserOutput(stream(text), (phase, done) -> this.told.add(phase + " " + done));
		output.run();
		return output.lastWords();
	}

	private static InputStream stream(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

}
