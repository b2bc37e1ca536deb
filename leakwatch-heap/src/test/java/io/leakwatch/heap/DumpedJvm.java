package io.leakwatch.heap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.leakwatch.heap.fixture.HeapFixture;
import io.leakwatch.heap.profile.ClassCount;

/**
 * A JVM of its own that holds the objects of {@link HeapFixture} and is dumped by its own
 * {@code jcmd}. With each dump comes the histogram that the same JVM counts right after
 * it, while nothing in it runs: the truth to compare a reader of the dump with.
 *
 * <p>
 * The two agree to the object, but for three things that JVMs do: the histogram counts
 * the {@code java.lang.Class} objects of archived classes that were never loaded, which
 * no dump has; it writes the address of a hidden class behind {@code /}, the dump behind
 * {@code +}; and what fills a gap between objects is of a class of its own in the
 * histogram of JDK 25, an {@code int[]} in the dump.
 *
 * <p>
 * The JVM ends by {@link #close()}, or by itself when the process that started it is
 * gone.
 */
public final class DumpedJvm implements AutoCloseable {

	private static final int LIMIT_SECONDS = 180;

	private static final Path OTHER_JDKS = Path.of("/usr/lib/jvm");

	private static final Pattern HISTOGRAM_LINE = Pattern
		.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)(?: \\(.*\\))?");

	private final Path javaHome;

	private final Process process;

	private DumpedJvm(Path javaHome, Process process) {
		this.javaHome = javaHome;
		this.process = process;
	}

	/**
	 * The JDKs to test with: the one that runs this, first, and each other of version 17
	 * or later that is installed where Linux distributions put them.
	 * @return their homes
	 */
	public static List<Path> javaHomes() {
		Set<Path> homes = new LinkedHashSet<>();
		try {
			homes.add(Path.of(System.getProperty("java.home")).toRealPath());
			if (Files.isDirectory(OTHER_JDKS)) {
				try (DirectoryStream<Path> found = Files.newDirectoryStream(OTHER_JDKS)) {
					for (Path each : found) {
						if (Files.isExecutable(each.resolve("bin/jcmd")) && feature(each) >= 17) {
							homes.add(each.toRealPath());
						}
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return List.copyOf(homes);
	}

	/**
	 * The feature release of a JDK.
	 * @param javaHome its home
	 * @return the number, such as 17
	 */
	public static int feature(Path javaHome) {
		Properties release = new Properties();
		try (BufferedReader in = Files.newBufferedReader(javaHome.resolve("release"))) {
			release.load(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Runtime.Version.parse(release.getProperty("JAVA_VERSION").replace("\"", "")).feature();
	}

	/**
	 * Starts a JVM and waits until it holds its objects.
	 * @param javaHome the JDK
	 * @param options options of the JVM: the collector, the layout of objects, the heap
	 * @return the running JVM
	 */
	public static DumpedJvm start(Path javaHome, String... options) {
		return start(javaHome, HeapFixture.class, classPath(), options);
	}

	/**
	 * Starts a JVM with another class than {@link HeapFixture}, and waits until that
	 * prints {@link HeapFixture#READY}.
	 * @param javaHome its JDK
	 * @param main the class, which ends when its standard input does
	 * @param classPath where it and what it needs are
	 * @param options for the JVM
	 * @return the running JVM
	 */
	public static DumpedJvm start(Path javaHome, Class<?> main, String classPath, String... options) {
		List<String> command = new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
		command.addAll(Arrays.asList(options));
		command.addAll(List.of("-cp", classPath, main.getName()));
		DumpedJvm jvm = null;
		try {
			jvm = new DumpedJvm(javaHome, new ProcessBuilder(command).redirectErrorStream(true).start());
			jvm.awaitReady(command);
			// The first command makes the JVM start what serves commands: objects too.
			jvm.jcmd("VM.version");
			return jvm;
		}
		catch (IOException | RuntimeException ex) {
			if (jvm != null) {
				jvm.close();
			}
			throw new IllegalStateException("did not start: " + command, ex);
		}
	}

	/**
	 * The process identifier.
	 * @return the identifier
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Dumps the live objects, after a full collection.
	 * @param file the file, which must not exist
	 * @return the dump
	 */
	public Dump dumpLive(Path file) {
		return dump(file, List.of());
	}

	/**
	 * Dumps all objects, unreachable ones included.
	 * @param file the file, which must not exist
	 * @return the dump
	 */
	public Dump dumpAll(Path file) {
		return dump(file, List.of("-all"));
	}

	/**
	 * Dumps the live objects into a compressed file.
	 * @param file the file, which must not exist
	 * @return the dump
	 */
	public Dump dumpLiveCompressed(Path file) {
		return dump(file, List.of("-gz=1"));
	}

	private Dump dump(Path file, List<String> options) {
		List<String> command = new ArrayList<>(List.of("GC.heap_dump"));
		command.addAll(options);
		command.add(file.toAbsolutePath().toString());
		String answer = jcmd(command.toArray(String[]::new));
		if (!Files.exists(file)) {
			throw new IllegalStateException("no dump: " + answer);
		}
		return new Dump(file, histogram());
	}

	/**
	 * Counts without a collection, after a live dump too: that dump made one, and another
	 * could move, fill or clear what it has already written.
	 */
	private Map<String, ClassCount> histogram() {
		String text = jcmd("GC.class_histogram", "-all");
		Map<String, ClassCount> classes = new TreeMap<>();
		text.lines().map(HISTOGRAM_LINE::matcher).filter(Matcher::matches).forEach((line) -> {
			ClassCount row = new ClassCount(line.group(3), Long.parseLong(line.group(1)),
					Long.parseLong(line.group(2)));
			classes.merge(row.className(), row, (a, b) -> new ClassCount(a.className(), a.count() + b.count(),
					a.shallowBytes() + b.shallowBytes()));
		});
		if (classes.isEmpty()) {
			throw new IllegalStateException("no histogram: " + text);
		}
		return classes;
	}

	/** Runs the JDK's own jcmd on the process and gives what it prints. */
	private String jcmd(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(this.javaHome.resolve("bin/jcmd").toString(), Long.toString(pid())));
		command.addAll(Arrays.asList(arguments));
		try {
			Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
			try {
				String text = within(() -> new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
				if (!jcmd.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
					throw new IllegalStateException(command + " failed: " + text);
				}
				return text;
			}
			finally {
				jcmd.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted in " + command, ex);
		}
	}

	private void awaitReady(List<String> command) {
		within(() -> {
			BufferedReader out = this.process.inputReader(StandardCharsets.UTF_8);
			StringBuilder before = new StringBuilder();
			for (String line = out.readLine(); line != null; line = out.readLine()) {
				if (line.equals(HeapFixture.READY)) {
					return line;
				}
				before.append(line).append('\n');
			}
			throw new IOException("ended before it was ready: " + command + '\n' + before);
		});
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			if (!this.process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException("process " + pid() + " does not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Reads from a process, which cannot be interrupted, for as long as is allowed. */
	private static String within(Reading reading) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return reading.read();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}, (task) -> {
			Thread thread = new Thread(task, "reads a process");
			thread.setDaemon(true);
			thread.start();
		}).orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
	}

	private static String classPath() {
		try {
			return Path.of(HeapFixture.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A dump of the JVM and what the JVM itself counted then.
	 *
	 * @param file the dump
	 * @param histogram the instances and bytes of each class, by its name; classes of the
	 * same name from several loaders added up
	 */
	public record Dump(Path file, Map<String, ClassCount> histogram) {

	}

	private interface Reading {

		String read() throws IOException;

	}

}
