package io.leakwatch.core.signal;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

import org.jspecify.annotations.Nullable;

/**
 * Reads the stacks of virtual threads, which the JVM writes to a file from JDK 21 on,
 * without stopping the application. Takes some tens of microseconds a thread. The file is
 * in a private folder and deleted afterwards; once it has some size, the rest is left
 * out.
 *
 * @param stacks the threads, in the order in which the JVM tells them
 * @param complete whether these are all
 */
public record VirtualThreadStacks(List<ThreadStack> stacks, boolean complete) {

	/** The group of those without a name. */
	public static final String UNNAMED = "virtual threads";

	private static final long MOST_BYTES = 32 << 20;

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private static final Pattern THREAD = Pattern.compile("#\\d+ \"(.*)\" virtual(?: ([A-Z_]+).*)?");

	private static final Pattern FRAME = Pattern
		.compile("\\s+(?:at )?(?:[^/()]*/)*([^/() ]+)\\.([^/() .]+)\\(([^():]*)(?::(\\d+))?\\)");

	private static final String STRING = String.class.getName();

	/**
	 * Reads them. Not to be called by a thread that must not wait.
	 * @return what was read, {@code null} where the JVM tells nothing of virtual threads
	 * @throws IOException if there is no place for the file
	 */
	public static @Nullable VirtualThreadStacks read() throws IOException {
		return read(MOST_BYTES);
	}

	static @Nullable VirtualThreadStacks read(long mostBytes) throws IOException {
		if (Runtime.version().feature() < 21) {
			return null;
		}
		Path folder = Files.createTempDirectory("leakwatch-threads");
		Path file = folder.resolve("threads.txt");
		try {
			boolean complete = write(file, mostBytes);
			return Files.exists(file) ? new VirtualThreadStacks(parse(file), complete) : null;
		}
		finally {
			Files.deleteIfExists(file);
			Files.deleteIfExists(folder);
		}
	}

	/** An interrupt closes the file, and so ends what writes it. */
	private static boolean write(Path file, long mostBytes) throws IOException {
		CountDownLatch written = new CountDownLatch(1);
		Thread writer = new Thread(null, () -> write(file, written), "leakwatch-threads", 0, false);
		writer.setDaemon(true);
		writer.start();
		long end = System.nanoTime() + LONGEST.toNanos();
		try {
			while (!written.await(10, TimeUnit.MILLISECONDS)) {
				if (System.nanoTime() > end || (Files.exists(file) && Files.size(file) > mostBytes)) {
					return false;
				}
			}
			return Files.exists(file) && Files.size(file) <= mostBytes;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			writer.interrupt();
			join(writer);
		}
	}

	private static void write(Path file, CountDownLatch written) {
		try {
			ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=HotSpotDiagnostic"), "dumpThreads",
						new Object[] { file.toString(), "TEXT_PLAIN" }, new String[] { STRING, STRING });
		}
		catch (JMException | RuntimeException ex) {
			// Ended, or another JVM, which has no such operation: there is no file then.
		}
		finally {
			written.countDown();
		}
	}

	private static void join(Thread writer) {
		try {
			writer.join(LONGEST.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static List<ThreadStack> parse(Path file) throws IOException {
		List<ThreadStack> stacks = new ArrayList<>();
		ThreadStack thread = null;
		List<StackTraceElement> frames = new ArrayList<>();
		try (BufferedReader lines = Files.newBufferedReader(file)) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("#")) {
					add(thread, frames, stacks);
					frames = new ArrayList<>();
					thread = thread(line);
				}
				else if (thread != null && frames.size() < ThreadStacks.DEEPEST) {
					Matcher frame = FRAME.matcher(line);
					if (frame.matches()) {
						frames.add(frame(frame));
					}
				}
			}
		}
		add(thread, frames, stacks);
		return stacks;
	}

	private static void add(@Nullable ThreadStack thread, List<StackTraceElement> frames, List<ThreadStack> stacks) {
		if (thread != null) {
			stacks.add(new ThreadStack(thread.group(), thread.state(), List.copyOf(frames)));
		}
	}

	/** A virtual thread without its stack yet, {@code null} for another one. */
	private static @Nullable ThreadStack thread(String line) {
		Matcher thread = THREAD.matcher(line);
		if (!thread.matches()) {
			return null;
		}
		String state = thread.group(2);
		return new ThreadStack(thread.group(1).isEmpty() ? UNNAMED : ThreadCensus.normalise(thread.group(1)),
				(state != null) ? state : "UNKNOWN", List.of());
	}

	private static StackTraceElement frame(Matcher frame) {
		String line = frame.group(4);
		String file = frame.group(3);
		boolean named = file.endsWith(".java") || file.contains(".");
		return new StackTraceElement(frame.group(1), frame.group(2), named ? file : null,
				(line != null) ? Integer.parseInt(line) : file.equals("Native Method") ? -2 : -1);
	}

}
