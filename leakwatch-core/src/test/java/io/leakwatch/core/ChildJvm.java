package io.leakwatch.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.leakwatch.core.signal.CollectionListener;
import io.leakwatch.heap.profile.StableName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JVM of the JDK that the tests run on, started for one program.
 */
public final class ChildJvm {

	private static final int LIMIT_SECONDS = 60;

	private ChildJvm() {
	}

	/**
	 * Runs a program to its end.
	 * @param folder where its output goes
	 * @param program has the main method
	 * @param options of the JVM
	 * @return the lines that it printed
	 */
	public static List<String> run(Path folder, Class<?> program, String... options) {
		return run(folder, program, List.of(), options);
	}

	/**
	 * Runs a program with arguments to its end.
	 * @param folder where its output goes
	 * @param program has the main method
	 * @param arguments of the program
	 * @param options of the JVM
	 * @return the lines that it printed
	 */
	public static List<String> run(Path folder, Class<?> program, List<String> arguments, String... options) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of(options));
		command
			.addAll(List.of("-cp", classPath(CollectionListener.class, StableName.class, program), program.getName()));
		command.addAll(arguments);
		try {
			Path output = Files.createTempFile(folder, "child", ".txt");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			try {
				boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
				List<String> lines = Files.readAllLines(output);
				assertThat(ended).as("ended in time; it printed %s", lines).isTrue();
				assertThat(process.exitValue()).as("exit value; it printed %s", lines).isZero();
				return lines;
			}
			finally {
				process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String classPath(Class<?>... classes) {
		List<String> places = new ArrayList<>();
		for (Class<?> each : classes) {
			try {
				places.add(Path.of(each.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
			}
			catch (URISyntaxException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return String.join(System.getProperty("path.separator"), places);
	}

}
