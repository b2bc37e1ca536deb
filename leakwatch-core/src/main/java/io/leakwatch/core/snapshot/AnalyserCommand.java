package io.leakwatch.core.snapshot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.leakwatch.heap.cli.Main;
import org.jspecify.annotations.Nullable;

/**
 * The command that analyses a dump in a JVM of its own.
 */
final class AnalyserCommand {

	/**
	 * What of the service's environment goes to the second JVM: what it may need to start
	 * and to read names of files. All else may be a secret, or an agent's.
	 */
	private static final Set<String> ENVIRONMENT = Set.of("LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH",
			"SystemRoot");

	/**
	 * A JVM that starts quickly, has no threads that it can do without, lets nobody
	 * attach to it and leaves no file behind. The parallel collector gives up where
	 * memory is too short, and the serial one would try for ever; most of what is there
	 * stays, so that the young part is small.
	 */
	private static final List<String> OPTIONS = List.of("-XX:+UseParallelGC", "-XX:ParallelGCThreads=1",
			"-XX:NewRatio=9", "-XX:ActiveProcessorCount=1", "-XX:ReservedCodeCacheSize=16m", "-Xss512k", "-Xshare:auto",
			"-XX:-UsePerfData", "-XX:+DisableAttachMechanism", "-XX:-CreateCoredumpOnCrash",
			"-XX:+SuppressFatalErrorMessage", "-Dfile.encoding=UTF-8");

	/**
	 * For what lasts some seconds the second compiler costs more than it saves: a dump of
	 * 115 MB took 4.0 s of the processor without it and 5.3 s with it, one of 1 GB 14 s
	 * and 10 s.
	 */
	private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

	private static final long LARGE_DUMP = 256 << 20;

	private AnalyserCommand() {
	}

	/**
	 * The program of the JVM that runs.
	 * @param home where it is installed, {@code null} where nobody knows
	 * @return its file
	 * @throws DumpAnalysisException where there is none
	 */
	static Path java(@Nullable String home) throws DumpAnalysisException {
		Path installed = null;
		if (home != null) {
			Path folder = Path.of(home, "bin");
			installed = folder.resolve("java");
			for (Path each : new Path[] { installed, folder.resolve("java.exe") }) {
				if (Files.isExecutable(each)) {
					return each;
				}
			}
		}
		throw new DumpAnalysisException("There is no java program to analyse a heap dump with"
				+ ((installed != null) ? " (it would be " + installed + ")" : "")
				+ ": run the service with a JRE that has one, or analyse in process (leakwatch.snapshots.analysis)");
	}

	/**
	 * The words that analyse a dump, without what stands in front for priority.
	 * @param java the program
	 * @param classPath the jar or folder with the heap engine
	 * @param memory what it may take
	 * @param dump the dump
	 * @param result where the profile goes
	 */
	static List<String> words(Path java, Path classPath, AnalyserMemory memory, Path dump, Path result) {
		List<String> words = new ArrayList<>();
		words.add(java.toString());
		words.add("-Xmx" + memory.heapBytes());
		words.add("-XX:MaxDirectMemorySize=" + (memory.tableBytes() + (4 << 20)));
		words.addAll(OPTIONS);
		if (dump.toFile().length() < LARGE_DUMP) {
			words.add(FIRST_COMPILER_ALONE);
		}
		words.addAll(List.of("-cp", classPath.toString(), Main.class.getName(), "profile", "--memory",
				Long.toString(memory.tableBytes()), "--temp", ".", "--threads", "1", "--progress", "lines",
				"--end-with-input", "-o", result.toString(), "--", dump.toString()));
		return words;
	}

	/** Takes all but the harmless out of an environment. */
	static void clean(Map<String, String> environment) {
		environment.keySet().retainAll(ENVIRONMENT);
		// One pool of the C library's memory will do, and takes less.
		environment.put("MALLOC_ARENA_MAX", "1");
	}

}
