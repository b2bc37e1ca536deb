package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.leakwatch.core.signal.JvmSignals;
import io.leakwatch.core.signal.MemoryRoom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Analyses heap dumps in a second JVM: with little memory, one processor, and the lowest
 * priority that the system has, so that the service hardly notices, and hits nothing but
 * that JVM where memory runs out. It starts from the service's own jar and with hardly
 * anything of the service's environment, and ends with the service, however that ends.
 * Safe for several threads, with a folder for each dump at a time.
 */
public final class AnalyserProcess implements DumpAnalyser {

	private static final Logger logger = LoggerFactory.getLogger(AnalyserProcess.class);

	private static final String AGAIN = "Take another one; where that fails too, analyse in process (leakwatch.snapshots.analysis).";

	private static final int END_SECONDS = 10;

	/** How the JDK tells that a signal ended a process. */
	private static final int SIGNALS = 128;

	private static final int KILL = 9;

	/** The heap engine's code for a dump that is damaged. */
	private static final int INCOMPLETE = 3;

	private final Duration timeLimit;

	private final @Nullable String javaHome;

	private final AnalyserClassPath classPath;

	private final Supplier<@Nullable MemoryRoom> room;

	private final LowPriority priority = new LowPriority(System.getenv("PATH"));

	/**
	 * An analyser that starts the JVM of this process a second time.
	 * @param timeLimit how long an analysis may take
	 */
	public AnalyserProcess(Duration timeLimit) {
		this(timeLimit, System.getProperty("java.home"), new AnalyserClassPath(), MemoryRoom::read);
	}

	AnalyserProcess(Duration timeLimit, @Nullable String javaHome, AnalyserClassPath classPath,
			Supplier<@Nullable MemoryRoom> room) {
		this.timeLimit = timeLimit;
		this.javaHome = javaHome;
		this.classPath = classPath;
		this.room = room;
	}

	@Override
	public @Nullable String refusal(long dumpBytes) {
		return AnalyserMemory.refusal(loadedClasses(), this.room.get());
	}

	@Override
	public void analyse(Path dump, Path result, AnalysisProgress listener)
			throws DumpAnalysisException, InterruptedException {
		boolean done = false;
		try {
			Process process = start(dump.toAbsolutePath(), result.toAbsolutePath());
			AnalyserOutput output = new AnalyserOutput(process.getErrorStream(), listener);
			Thread reader = output.start();
			try {
				LowPriority.offerAsVictim(process.pid());
				await(process, reader, output);
			}
			finally {
				end(process, reader);
			}
			if (!Files.isRegularFile(result)) {
				throw new DumpAnalysisException("The analysis of the heap dump ended without a result. " + AGAIN);
			}
			done = true;
		}
		finally {
			if (!done) {
				delete(result);
			}
		}
	}

	private Process start(Path dump, Path result) throws DumpAnalysisException, InterruptedException {
		Path folder = Objects.requireNonNull(dump.getParent(), "The dump has a folder");
		Path java = AnalyserCommand.java(this.javaHome);
		int classes = loadedClasses();
		MemoryRoom left = this.room.get();
		String refusal = AnalyserMemory.refusal(classes, left);
		if (refusal != null) {
			throw new DumpAnalysisException(refusal);
		}
		AnalyserMemory memory = AnalyserMemory.choose(dump.toFile().length(), classes, left);
		List<String> command = new ArrayList<>(this.priority.prefix());
		command.addAll(AnalyserCommand.words(java, this.classPath.find(folder), memory, dump, result));
		logger.debug("Analysing a heap dump: {}", command);
		ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
			.redirectOutput(Redirect.DISCARD);
		AnalyserCommand.clean(builder.environment());
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw new DumpAnalysisException("A second JVM for the analysis of the heap dump could not be started ("
					+ ex.getMessage() + "): allow this process another one, or analyse in process "
					+ "(leakwatch.snapshots.analysis)", ex);
		}
	}

	private void await(Process process, Thread reader, AnalyserOutput output)
			throws DumpAnalysisException, InterruptedException {
		if (!process.waitFor(this.timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new DumpAnalysisException(late(this.timeLimit));
		}
		// The last words may still be on their way.
		reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
		int code = process.exitValue();
		if (code != 0) {
			throw new DumpAnalysisException(failure(code, output.lastWords()));
		}
	}

	/** That an analysis took too long. */
	static String late(Duration limit) {
		return "The analysis of the heap dump was stopped after " + limit.toSeconds()
				+ " s. Allow it longer (leakwatch.snapshots.analysis-time-limit), or the service more of the processor.";
	}

	private static String failure(int code, String words) {
		String said = words.isEmpty() ? "" : " It said: " + words + ".";
		if (code == INCOMPLETE) {
			return "The heap dump is damaged, so that it cannot be compared." + said + " " + AGAIN;
		}
		if (code == SIGNALS + KILL) {
			return "The second JVM that analysed the heap dump was killed, by the kernel perhaps, because memory ran out."
					+ said + " Raise the memory limit, or lower the service's -Xmx.";
		}
		if (code > SIGNALS) {
			return "The second JVM that analysed the heap dump was ended by signal " + (code - SIGNALS) + "." + said
					+ " " + AGAIN;
		}
		return "The analysis of the heap dump failed with code " + code + "." + said + " " + AGAIN;
	}

	/**
	 * Waits for the end, so that nobody reads the dump any longer, or writes, or tells of
	 * progress.
	 */
	private static void end(Process process, Thread reader) {
		process.destroyForcibly();
		boolean interrupted = Thread.interrupted();
		try {
			process.waitFor(END_SECONDS, TimeUnit.SECONDS);
			reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
			process.getOutputStream().close();
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		catch (IOException ex) {
			logger.debug("The input of an analyser that has ended could not be closed", ex);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** Deletes half a result. */
	static void delete(Path result) {
		try {
			Files.deleteIfExists(result);
		}
		catch (IOException ex) {
			logger.warn("Half a result is left in {}: {}", result, ex.toString());
		}
	}

	/** The dump has the classes of this JVM. */
	private static int loadedClasses() {
		return new JvmSignals().classes().loadedClasses();
	}

}
