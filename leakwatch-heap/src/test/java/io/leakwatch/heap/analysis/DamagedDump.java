package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.leakwatch.heap.graph.ClassHistogram;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ObjectReader;
import io.leakwatch.heap.graph.ProgressListener;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFormatException;
import io.leakwatch.heap.memory.Memory;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Analyses what may be no heap dump at all, asks for everything that an analysis tells,
 * and lets nothing pass but an answer and an {@link HprofFormatException}.
 */
final class DamagedDump {

	private static final long MEMORY_BYTES = 8 << 20;

	private static final long LARGEST_MEMORY_BYTES = 16 << 20;

	private static final int OBJECTS_READ = 20;

	private final Path folder;

	private final Path file;

	DamagedDump(Path folder) {
		this.folder = folder;
		this.file = folder.resolve("damaged.hprof");
	}

	/** Analyses bytes and returns the damage that is told, {@code null} for a failure. */
	@Nullable List<String> analyse(byte[] bytes) {
		try {
			write(bytes);
			HeapOptions options = HeapOptions.defaults()
				.withTemporaryDirectory(this.folder)
				.withMemoryBytes(MEMORY_BYTES)
				.withThreads(1);
			try (HeapAnalysis analysis = HeapAnalysis.open(this.file, options)) {
				readAll(analysis);
				return analysis.summary().damage();
			}
		}
		catch (HprofFormatException ex) {
			assertThat(ex.offset()).isNotNegative();
			assertThat(ex).hasMessageContaining(this.file.toString())
				.hasMessageContaining("expected")
				.hasMessageContaining("byte " + ex.offset());
			return null;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Makes a new file each time: file systems take their time to truncate one. */
	private void write(byte[] bytes) throws IOException {
		Files.deleteIfExists(this.file);
		Files.write(this.file, bytes);
	}

	/**
	 * Reads the graph alone, which is quicker, and checks that what a file says takes no
	 * memory.
	 */
	@Nullable List<String> read(byte[] bytes) {
		try (Memory memory = new Memory(MEMORY_BYTES, this.folder)) {
			try {
				write(bytes);
				HprofFile opened = HprofFile.open(this.file, memory);
				List<String> damage = List.of();
				Work work = new Work(1, () -> false, ProgressListener.NONE);
				for (HprofFile.Dump dump : opened.dumps()) {
					damage = HeapGraph.read(opened, dump, memory, work).damage();
					ClassHistogram.read(opened, dump, work);
				}
				return damage;
			}
			catch (HprofFormatException ex) {
				return null;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			finally {
				assertThat(memory.directBytes() + memory.mappedBytes()).isLessThan(LARGEST_MEMORY_BYTES);
			}
		}
	}

	private static void readAll(HeapAnalysis analysis) throws IOException {
		HeapGraph graph = analysis.graph();
		assertThat(analysis.paths().heldBytes(0)).isEqualTo(analysis.summary().shallowBytes());
		assertThat(analysis.profile("damaged").classes()).isNotNull();
		analysis.largest().forEach((each) -> assertThat(each.className()).isNotNull());
		analysis.threads().forEach((each) -> assertThat(each.frames()).doesNotContainNull());
		assertThat(analysis.loaders()).doesNotContainNull();
		ObjectReader reader = graph.reader();
		int step = 1 + graph.objectCount() / OBJECTS_READ;
		for (int object = 0; object < graph.objectCount(); object += step) {
			long id = graph.id(object);
			assertThat(analysis.dominator(object)).isLessThan(graph.objectCount());
			assertThat(analysis.retainedBytes(object)).isNotNegative();
			reader.text(id);
			if (reader.seek(id)) {
				reader.reference("next");
				reader.intValue("id");
			}
		}
	}

}
