package io.leakwatch.benchmarks.heap;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.leakwatch.heap.graph.HeapGraph;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From the id of an object to its number and back, one look-up.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked // Set up by JMH.
public class LookupBenchmark {

	private static final int LOOKUPS = 1 << 20;

	/**
	 * Ascending, as neighbours are looked up, or from anywhere, the worst for the caches.
	 */
	@Param({ "ascending", "random" })
	public String order;

	private OpenDump dump;

	private HeapGraph graph;

	private final int[] numbers = new int[LOOKUPS];

	private final long[] ids = new long[LOOKUPS];

	/**
	 * Reads the graph.
	 * @throws IOException if it cannot be read
	 */
	@Setup
	public void read() throws IOException {
		this.dump = new OpenDump();
		this.graph = this.dump.graph();
		Random random = new Random(1);
		for (int lookup = 0; lookup < LOOKUPS; lookup++) {
			int number = this.order.equals("random") ? random.nextInt(this.graph.objectCount())
					: lookup % this.graph.objectCount();
			this.numbers[lookup] = number;
			this.ids[lookup] = this.graph.id(number);
		}
	}

	/**
	 * Closes the dump.
	 */
	@TearDown
	public void close() {
		this.dump.close();
	}

	/**
	 * Numbers of ids.
	 * @return so that nothing is left out
	 */
	@Benchmark
	@OperationsPerInvocation(LOOKUPS)
	public long find() {
		long sum = 0;
		for (long id : this.ids) {
			sum += this.graph.find(id);
		}
		return sum;
	}

	/**
	 * Ids of numbers.
	 * @return so that nothing is left out
	 */
	@Benchmark
	@OperationsPerInvocation(LOOKUPS)
	public long id() {
		long sum = 0;
		for (int number : this.numbers) {
			sum += this.graph.id(number);
		}
		return sum;
	}

}
