package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

import io.leakwatch.heap.graph.ProgressListener;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFile.Dump;
import io.leakwatch.heap.memory.Memory;

/**
 * How an analysis is done.
 *
 * @param memoryBytes how many bytes of direct memory it may take; tables beyond that go
 * to a temporary file
 * @param temporaryDirectory where temporary files are made
 * @param threads how many threads work at once, at least 1
 * @param cancelled whether to stop; asked often
 * @param progress who is told how far it is
 * @param dumpNumber which dump of a file that has several, from 0; -1 for the last
 * @param contents whether what is in containers, strings and reference objects is looked
 * at too, which takes about a fifth of the time
 */
public record HeapOptions(long memoryBytes, Path temporaryDirectory, int threads, BooleanSupplier cancelled,
		ProgressListener progress, int dumpNumber, boolean contents) {

	/**
	 * What suits most: as much direct memory as the JVM allows its heap, the system's
	 * temporary directory, all processors, the last dump, contents too.
	 * @return the options
	 */
	public static HeapOptions defaults() {
		return new HeapOptions(Runtime.getRuntime().maxMemory(), Path.of(System.getProperty("java.io.tmpdir")),
				Runtime.getRuntime().availableProcessors(), () -> false, ProgressListener.NONE, -1, true);
	}

	/**
	 * The same with other memory.
	 * @param bytes how many bytes of direct memory
	 * @return new options
	 */
	public HeapOptions withMemoryBytes(long bytes) {
		return new HeapOptions(bytes, this.temporaryDirectory, this.threads, this.cancelled, this.progress,
				this.dumpNumber, this.contents);
	}

	/**
	 * The same with another place for temporary files.
	 * @param directory a directory that exists
	 * @return new options
	 */
	public HeapOptions withTemporaryDirectory(Path directory) {
		return new HeapOptions(this.memoryBytes, directory, this.threads, this.cancelled, this.progress,
				this.dumpNumber, this.contents);
	}

	/**
	 * The same with other threads.
	 * @param count how many threads, at least 1
	 * @return new options
	 */
	public HeapOptions withThreads(int count) {
		return new HeapOptions(this.memoryBytes, this.temporaryDirectory, count, this.cancelled, this.progress,
				this.dumpNumber, this.contents);
	}

	/**
	 * The same with a cancel signal.
	 * @param signal whether to stop
	 * @return new options
	 */
	public HeapOptions withCancelled(BooleanSupplier signal) {
		return new HeapOptions(this.memoryBytes, this.temporaryDirectory, this.threads, signal, this.progress,
				this.dumpNumber, this.contents);
	}

	/**
	 * The same with somebody who is told.
	 * @param listener who is told
	 * @return new options
	 */
	public HeapOptions withProgress(ProgressListener listener) {
		return new HeapOptions(this.memoryBytes, this.temporaryDirectory, this.threads, this.cancelled, listener,
				this.dumpNumber, this.contents);
	}

	/**
	 * The same for another dump of the file.
	 * @param number the number of the dump, from 0; -1 for the last
	 * @return new options
	 */
	public HeapOptions withDumpNumber(int number) {
		return new HeapOptions(this.memoryBytes, this.temporaryDirectory, this.threads, this.cancelled, this.progress,
				number, this.contents);
	}

	/**
	 * The same without a look at contents: an analysis that cannot tell collections,
	 * equal strings and references, and all else the sooner.
	 * @return new options
	 */
	public HeapOptions withoutContents() {
		return new HeapOptions(this.memoryBytes, this.temporaryDirectory, this.threads, this.cancelled, this.progress,
				this.dumpNumber, false);
	}

	Memory newMemory() {
		return new Memory(this.memoryBytes, this.temporaryDirectory);
	}

	Work work() {
		return new Work(this.threads, this.cancelled, this.progress);
	}

	Dump choose(HprofFile file) throws IOException {
		return file.dump(this.dumpNumber);
	}

}
