package io.leakwatch.heap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import io.leakwatch.heap.analysis.HeapAnalysis;
import io.leakwatch.heap.analysis.HeapOptions;
import io.leakwatch.heap.analysis.ShortestPaths;
import io.leakwatch.heap.graph.ClassHistogram;
import io.leakwatch.heap.graph.ProgressListener;
import io.leakwatch.heap.graph.ReferenceKind;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.memory.Memory;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;
import org.jspecify.annotations.Nullable;

/** The files of a command line, as dumps or as profiles. */
final class Inputs {

	private static final byte[] PROFILE = "LEAKWP".getBytes(StandardCharsets.US_ASCII);

	private final Arguments arguments;

	private final BooleanSupplier cancelled;

	private final PrintStream err;

	private final List<String> damage = new ArrayList<>();

	private @Nullable Path current;

	Inputs(Arguments arguments, BooleanSupplier cancelled, PrintStream err) {
		this.arguments = arguments;
		this.cancelled = cancelled;
		this.err = err;
	}

	/** The file that is being read or was read last. */
	@Nullable Path current() {
		return this.current;
	}

	/** What was missing from the dumps, in sentences that begin with the file. */
	List<String> damage() {
		return this.damage;
	}

	Arguments arguments() {
		return this.arguments;
	}

	/** One of the files, which the command line is known to have. */
	Path file(int number) {
		return this.arguments.files.get(number);
	}

	/** Whether a file begins as a saved profile does. */
	static boolean isProfile(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return Arrays.equals(in.readNBytes(PROFILE.length), PROFILE);
		}
	}

	boolean isProfile(int number) throws IOException {
		Path file = file(number);
		this.current = file;
		if (!Files.exists(file)) {
			throw new NoSuchFileException(file.toString());
		}
		if (Files.isDirectory(file)) {
			throw new IOException(file + " is a directory, no heap dump");
		}
		return isProfile(file);
	}

	/** The profile of a file: as it was saved, or that of a dump after an analysis. */
	HeapProfile profile(int number) throws IOException {
		if (isProfile(number)) {
			return ProfileFile.read(file(number));
		}
		return analyse(number, (analysis) -> analysis.profile(String.valueOf(file(number).getFileName())));
	}

	/**
	 * Analyses a dump, and closes the analysis after use.
	 * @param <R> what is made of it
	 */
	<R> R analyse(int number, Use<HeapAnalysis, R> use) throws IOException {
		return analyse(number, false, use);
	}

	/** The same with a look at contents. */
	<R> R analyseContents(int number, Use<HeapAnalysis, R> use) throws IOException {
		return analyse(number, true, use);
	}

	private <R> R analyse(int number, boolean contents, Use<HeapAnalysis, R> use) throws IOException {
		Path file = file(number);
		this.current = file;
		Progress progress = progress(file);
		try (HeapAnalysis analysis = HeapAnalysis.open(file, options(progress.ofAnalysis(), contents))) {
			progress.end();
			addDamage(file, analysis.summary().damage());
			return use.use(analysis);
		}
		finally {
			progress.end();
		}
	}

	/**
	 * Walks over a dump, and closes the walk after use.
	 * @param followed the kinds of reference objects whose referent is looked at too
	 * @param <R> what is made of it
	 */
	<R> R shortestPaths(int number, Set<ReferenceKind> followed, Use<ShortestPaths, R> use) throws IOException {
		Path file = file(number);
		this.current = file;
		Progress progress = progress(file);
		try (ShortestPaths paths = ShortestPaths.open(file, options(progress, false), followed)) {
			addDamage(file, paths.graph().damage());
			R result = use.use(paths);
			progress.end();
			return result;
		}
		finally {
			progress.end();
		}
	}

	/** The histogram of a dump, by one scan of it. */
	ClassHistogram histogram(int number) throws IOException {
		Path path = file(number);
		this.current = path;
		Progress progress = progress(path);
		try (Memory memory = new Memory(memoryBytes(), temporaryDirectory())) {
			Work work = new Work(threads(), this.cancelled, progress);
			ClassHistogram histogram = ClassHistogram.read(path, this.arguments.dumpNumber, memory, work);
			addDamage(path, histogram.damage());
			return histogram;
		}
		finally {
			progress.end();
		}
	}

	private void addDamage(Path file, List<String> sentences) {
		for (String each : sentences) {
			this.damage.add(file + " is incomplete: " + each);
		}
	}

	private Progress progress(Path file) {
		return this.arguments.progress.start(this.err, String.valueOf(file.getFileName()));
	}

	private HeapOptions options(ProgressListener progress, boolean contents) {
		return new HeapOptions(memoryBytes(), temporaryDirectory(), threads(), this.cancelled, progress,
				this.arguments.dumpNumber, contents);
	}

	private long memoryBytes() {
		long bytes = this.arguments.memoryBytes;
		return (bytes >= 0) ? bytes : Runtime.getRuntime().maxMemory();
	}

	private Path temporaryDirectory() {
		Path directory = this.arguments.temporaryDirectory;
		return (directory != null) ? directory : Path.of(System.getProperty("java.io.tmpdir"));
	}

	private int threads() {
		int threads = this.arguments.threads;
		return (threads > 0) ? threads : Runtime.getRuntime().availableProcessors();
	}

	/**
	 * What is done with an analysis while it is open.
	 *
	 * @param <A> the analysis
	 * @param <R> what is made of it
	 */
	interface Use<A, R> {

		R use(A analysis) throws IOException;

	}

}
