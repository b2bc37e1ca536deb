package io.leakwatch.core.snapshot;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lets another process have the processor, the disk and the memory only while nobody
 * else wants them, as far as the system has the means: {@code nice}, {@code ionice}, and
 * Linux's order of victims.
 */
final class LowPriority {

	private static final Logger logger = LoggerFactory.getLogger(LowPriority.class);

	private static final int TRIAL_SECONDS = 10;

	/** The first that is killed where memory runs out. */
	private static final String FIRST_VICTIM = "1000";

	private static final Path PROCESSES = Path.of("/proc");

	private final String searchPath;

	private @Nullable List<String> prefix;

	/**
	 * The means of this system.
	 * @param searchPath the folders where programs are, as in {@code PATH}
	 */
	LowPriority(@Nullable String searchPath) {
		this.searchPath = (searchPath != null) ? searchPath : "/usr/bin:/bin";
	}

	/**
	 * What stands in front of a command. The first call looks the programs up and tries
	 * them, in some milliseconds.
	 * @return the words, none where the system has no such programs
	 * @throws InterruptedException where the thread was interrupted
	 */
	synchronized List<String> prefix() throws InterruptedException {
		List<String> known = this.prefix;
		if (known == null) {
			known = choose(find("nice"), find("ionice"));
			this.prefix = known;
		}
		return known;
	}

	private static List<String> choose(@Nullable String nice, @Nullable String ionice) throws InterruptedException {
		if (nice == null) {
			return List.of();
		}
		List<String> processor = List.of(nice, "-n", "19");
		if (ionice != null) {
			List<String> both = new ArrayList<>(processor);
			both.addAll(List.of(ionice, "-c", "3"));
			if (works(both, nice)) {
				return List.copyOf(both);
			}
		}
		return works(processor, nice) ? processor : List.of();
	}

	/** A sandbox may forbid either call, and the program is not run then. */
	private static boolean works(List<String> prefix, String nice) throws InterruptedException {
		List<String> command = new ArrayList<>(prefix);
		// Without an argument it tells its priority and ends.
		command.add(nice);
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
		builder.environment().clear();
		try {
			Process process = builder.start();
			try {
				process.getOutputStream().close();
				return process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
			}
			finally {
				process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			return false;
		}
	}

	private @Nullable String find(String program) {
		for (String folder : this.searchPath.split(File.pathSeparator, -1)) {
			try {
				Path file = Path.of(folder, program);
				if (file.isAbsolute() && Files.isExecutable(file) && Files.isRegularFile(file)) {
					return file.toString();
				}
			}
			catch (InvalidPathException ex) {
				// No folder then, and nothing in it.
			}
		}
		return null;
	}

	/**
	 * Makes a process the one that the kernel kills first, and not the service. More of a
	 * victim than before may be made of one's own process without any privilege.
	 */
	static void offerAsVictim(long pid) {
		Path file = PROCESSES.resolve(Long.toString(pid)).resolve("oom_score_adj");
		if (!Files.exists(file)) {
			return;
		}
		try {
			Files.writeString(file, FIRST_VICTIM, StandardCharsets.US_ASCII);
		}
		catch (IOException ex) {
			logger.debug("The process {} could not be made the kernel's first victim", pid, ex);
		}
	}

}
