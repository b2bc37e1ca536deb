package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.leakwatch.benchmarks.heap.OpenDump;
import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.memory.Memory;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The depth-first walk over a heap and its dominator tree, which are not public: hence
 * the package.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@NullUnmarked // Set up by JMH.
public class DominatorBenchmark {

	private static final long MEMORY_BYTES = 4L << 30;

	private OpenDump dump;

	private HeapGraph graph;

	/**
	 * Reads the graph.
	 * @throws IOException if it cannot be read
	 */
	@Setup
	public void read() throws IOException {
		this.dump = new OpenDump();
		this.graph = this.dump.graph();
	}

	/**
	 * Closes the dump.
	 */
	@TearDown
	public void close() {
		this.dump.close();
	}

	/**
	 * The walk.
	 * @return how many objects can be reached
	 */
	@Benchmark
	public int depthFirstTree() {
		try (Memory memory = memory()) {
			return tree(memory).count();
		}
	}

	/**
	 * The walk, and the dominators.
	 * @return the last object's dominator
	 */
	@Benchmark
	public int dominatorTree() {
		try (Memory memory = memory()) {
			DepthFirstTree tree = tree(memory);
			DominatorTree dominators = new DominatorTree(tree, this.graph, memory, OpenDump.oneThread());
			return dominators.dominator(dominators.count());
		}
	}

	private DepthFirstTree tree(Memory memory) {
		DepthFirstTree tree = new DepthFirstTree(this.graph.rows(), this.graph.innerCount(), memory,
				OpenDump.oneThread());
		for (GcRoot root : this.graph.roots()) {
			if (root.object() < this.graph.innerCount()) {
				tree.visit(root.object());
			}
		}
		return tree;
	}

	private static Memory memory() {
		return new Memory(MEMORY_BYTES, Path.of(System.getProperty("java.io.tmpdir")));
	}

}
