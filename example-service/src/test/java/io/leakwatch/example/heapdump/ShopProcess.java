package io.leakwatch.example.heapdump;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.leakwatch.example.client.PackagedShop;
import io.leakwatch.example.client.ShopClient;
import org.awaitility.Awaitility;

/**
 * The packaged example service in a JVM of its own, on a free port, with its snapshots
 * and its log in a folder of the test.
 */
final class ShopProcess implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofMinutes(3);

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private final Process process;

	private final Path log;

	private final ShopClient client;

	private ShopProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
		int port = Awaitility.await("the start of the service")
			.atMost(START_LIMIT)
			.pollInterval(Duration.ofMillis(200))
			.until(this::startedPort, (found) -> found > 0);
		this.client = new ShopClient("127.0.0.1", port);
	}

	/**
	 * Starts the service and waits until it answers.
	 * @param folder where its log and, in {@code snapshots}, its snapshots are
	 * @param options of the JVM
	 * @param properties of the service, {@code name=value}
	 */
	static ShopProcess start(Path folder, List<String> options, String... properties) throws IOException {
		return start(List.of(), folder, options, properties);
	}

	/**
	 * Starts the service so that it can write no file beyond a size, as on a full disk.
	 * @param megabytes the size
	 */
	static ShopProcess startWithSmallFiles(int megabytes, Path folder, List<String> options, String... properties)
			throws IOException {
		// In blocks of 512 bytes, as POSIX has it.
		String limit = "ulimit -f " + megabytes * 2048 + "; exec \"$@\"";
		return start(List.of("sh", "-c", limit, "sh"), folder, options, properties);
	}

	private static ShopProcess start(List<String> before, Path folder, List<String> options, String... properties)
			throws IOException {
		List<String> command = new ArrayList<>(before);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		// It runs for a minute: the second compiler would not pay.
		command.add("-XX:TieredStopAtLevel=1");
		command.addAll(options);
		command.addAll(List.of("-jar", PackagedShop.jar().toString(), "--server.port=0",
				"--leakwatch.snapshots.directory=" + folder.resolve("snapshots")));
		for (String each : properties) {
			command.add("--" + each);
		}
		Path log = Files.createTempFile(folder, "shop-", ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			return new ShopProcess(process, log);
		}
		catch (RuntimeException ex) {
			process.destroyForcibly();
			throw new IllegalStateException("The service did not start:\n" + Files.readString(log), ex);
		}
	}

	private int startedPort() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("The service ended with code " + this.process.exitValue());
		}
		String text = log();
		Matcher port = PORT.matcher(text);
		return (text.contains("Started ShopApplication") && port.find()) ? Integer.parseInt(port.group(1)) : 0;
	}

	ShopClient client() {
		return this.client;
	}

	/** What the service has written so far. */
	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The JVMs that the service has started and that still run. Before the first, it
	 * tries with other programs how to give one a low priority.
	 */
	List<ProcessHandle> analysers() {
		return this.process.descendants()
			.filter((each) -> each.info().command().filter((command) -> command.endsWith("java")).isPresent())
			.toList();
	}

	/** Ends the service at once, as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		kill();
	}

}
