package io.leakwatch.core.census;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes a census of itself. */
final class SilentProgram {

	private SilentProgram() {
	}

	public static void main(String[] arguments) {
		List<Object> bean = Collections.synchronizedList(new ArrayList<>(Collections.nCopies(100, "x")));
		ContainerCensus census = new ContainerCensus(() -> List.of(new NamedRoot("bean 'program'", bean)));
		for (int i = 0; i < 2; i++) {
			census.refreshClasses();
			while (!census.walk(Duration.ofMillis(5))) {
				Thread.onSpinWait();
			}
		}
		StringBuilder told = new StringBuilder("done");
		if (arguments[0].equals("tell")) {
			census.read()
				.stream()
				.filter((size) -> size.holder().startsWith("bean "))
				.forEach((size) -> told.append(' ').append(size.holder()));
		}
		new PrintStream(System.out, true, StandardCharsets.UTF_8).println(told);
	}

}
