package io.leakwatch.benchmarks.heap;

import java.io.IOException;
import java.nio.file.Path;

import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ProgressListener;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.memory.Memory;

/**
 * The dump that the benchmarks read: the system property {@code dump} has its path.
 */
public final class OpenDump implements AutoCloseable {

	private static final long MEMORY_BYTES = 4L << 30;

	private final Memory memory = new Memory(MEMORY_BYTES, Path.of(System.getProperty("java.io.tmpdir")));

	private final HprofFile file;

	/**
	 * Opens it.
	 * @throws IOException if it cannot be read
	 */
	public OpenDump() throws IOException {
		this.file = HprofFile.open(Path.of(System.getProperty("dump", "dump.hprof")), this.memory);
	}

	/**
	 * One thread, that nobody cancels.
	 * @return the means of a scan
	 */
	public static Work oneThread() {
		return new Work(1, () -> false, ProgressListener.NONE);
	}

	/**
	 * The file.
	 * @return the file
	 */
	public HprofFile file() {
		return this.file;
	}

	/**
	 * The last dump in the file, the one that is analysed.
	 * @return the dump
	 */
	public HprofFile.Dump dump() {
		return this.file.dumps().get(this.file.dumps().size() - 1);
	}

	/**
	 * Reads the graph.
	 * @return the graph, which lives as long as this
	 * @throws IOException if it cannot be read
	 */
	public HeapGraph graph() throws IOException {
		return HeapGraph.read(this.file, dump(), this.memory, oneThread());
	}

	@Override
	public void close() {
		this.memory.close();
	}

}
