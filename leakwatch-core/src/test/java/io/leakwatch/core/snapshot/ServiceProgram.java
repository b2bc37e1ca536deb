package io.leakwatch.core.snapshot;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.leakwatch.heap.cli.Main;
import org.slf4j.Logger;

/**
 * A program that has a dump analysed in a second JVM and prints the number of that
 * process.
 */
final class ServiceProgram {

	private ServiceProgram() {
	}

	static Process start(Path dump, Path result) throws IOException, URISyntaxException {
		List<String> places = new ArrayList<>();
		for (Class<?> each : new Class<?>[] { AnalyserProcess.class, ServiceProgram.class, Main.class, Logger.class }) {
			places.add(Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
		}
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				String.join(File.pathSeparator, places), ServiceProgram.class.getName(), dump.toString(),
				result.toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	public static void main(String[] args) throws Exception {
		AtomicBoolean told = new AtomicBoolean();
		new AnalyserProcess(Duration.ofMinutes(5)).analyse(Path.of(args[0]), Path.of(args[1]), (phase, done) -> {
			if (!told.getAndSet(true)) {
				System.out.println(ProcessHandle.current().children().findFirst().orElseThrow().pid());
			}
		});
	}

}
