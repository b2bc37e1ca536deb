package io.leakwatch.benchmarks.heap;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.RecordCursor;
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
 * From record to record of a whole dump, by one thread: what {@link Walk} does, with all
 * that the engine checks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@NullUnmarked // Set up by JMH.
public class RecordBenchmark {

	private OpenDump dump;

	/**
	 * Opens the dump.
	 * @throws IOException if it cannot be read
	 */
	@Setup
	public void open() throws IOException {
		this.dump = new OpenDump();
	}

	/**
	 * Closes it.
	 */
	@TearDown
	public void close() {
		this.dump.close();
	}

	/**
	 * Goes through all records.
	 * @return how many there are
	 * @throws IOException if they cannot be read
	 */
	@Benchmark
	public long records() throws IOException {
		RecordCursor cursor = this.dump.file().cursor();
		long records = 0;
		for (HprofFile.Segment segment : this.dump.dump().segments()) {
			cursor.in(segment);
			while (cursor.next()) {
				records++;
			}
		}
		return records;
	}

}
