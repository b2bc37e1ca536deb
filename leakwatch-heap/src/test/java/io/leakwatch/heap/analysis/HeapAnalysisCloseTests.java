package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ObjectReader;
import io.leakwatch.heap.graph.ProgressListener;
import io.leakwatch.heap.graph.Work;
import io.leakwatch.heap.hprof.RecordCursor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that a {@link HeapAnalysis} leaves no file, mapping or thread, however it ends.
 */
class HeapAnalysisCloseTests {

	private static final Path MAPPINGS = Path.of("/proc/self/maps");

	private final Path folder;

	private final Path dumps;

	private final Path dump;

	private final HeapOptions options;

	HeapAnalysisCloseTests(@TempDir Path folder, @TempDir Path dumps) throws IOException {
		this.folder = folder;
		this.dumps = dumps;
		this.dump = this.dumps.resolve("list.hprof");
		ExtremeHeaps.list(this.dump, 300_000, true);
		this.options = HeapOptions.defaults().withTemporaryDirectory(this.folder).withThreads(3);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 4 << 20, 256 << 20 })
	void closeShouldLeaveNothing(long memoryBytes) throws IOException {
		HeapAnalysis analysis = HeapAnalysis.open(this.dump, this.options.withMemoryBytes(memoryBytes));
		assertThat(isMapped()).isTrue();
		analysis.close();
		assertThatNothingIsLeft();
		assertThatThrownBy(() -> analysis.retainedBytes(0)).isInstanceOf(RuntimeException.class);
		assertThatThrownBy(() -> analysis.graph().classNumber(0)).isInstanceOf(RuntimeException.class);
		analysis.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 256 << 20 })
	void openWhenCancelledAtAnyTimeShouldLeaveNothing(long memoryBytes) throws IOException {
		boolean cancelled = true;
		int after = 0;
		while (cancelled) {
			AtomicInteger asked = new AtomicInteger();
			int limit = after;
			HeapOptions some = this.options.withMemoryBytes(memoryBytes)
				.withCancelled(() -> asked.incrementAndGet() > limit);
			try (HeapAnalysis analysis = HeapAnalysis.open(this.dump, some)) {
				assertThat(analysis.summary().objectCount()).isGreaterThan(300_000);
				cancelled = false;
			}
			catch (CancellationException ex) {
				assertThat(ex).hasMessageContaining("cancelled");
			}
			assertThatNothingIsLeft();
			after += 1 + after / 2;
		}
		assertThat(after).isGreaterThan(10);
	}

	@Test
	void openWhenInterruptedShouldEndAndLeaveNothing() throws IOException {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(CancellationException.class)
			.isThrownBy(() -> HeapAnalysis.open(this.dump, this.options));
		assertThat(Thread.interrupted()).isTrue();
		assertThatNothingIsLeft();
	}

	@Test
	void openWhenTheListenerFailsShouldLeaveNothing() {
		HeapOptions failing = this.options.withProgress((phase, done) -> {
			if (phase.equals("references") && done > 0.3) {
				throw new IllegalArgumentException("the listener's own");
			}
		});
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> HeapAnalysis.open(this.dump, failing))
			.withMessage("the listener's own");
		assertThatNothingIsLeft();
	}

	@Test
	void openWhenThereIsNoRoomForTablesShouldSayWhatToDo() {
		Path missing = this.folder.resolve("missing");
		HeapOptions noRoom = this.options.withTemporaryDirectory(missing).withMemoryBytes(1 << 20);
		assertThatIOException().isThrownBy(() -> HeapAnalysis.open(this.dump, noRoom))
			.withMessageContaining("No room for")
			.withMessageContaining(missing.toString());
		assertThatNothingIsLeft();
	}

	@Test
	void openWhenTheFileIsNotThereShouldLeaveNothing() {
		assertThatIOException().isThrownBy(() -> HeapAnalysis.open(this.dumps.resolve("other.hprof"), this.options));
		assertThatIOException().isThrownBy(() -> HeapAnalysis.open(this.dumps, this.options));
		assertThatNothingIsLeft();
	}

	@Test
	void seekShouldFindObjectsUntilClose() throws IOException {
		try (HeapAnalysis analysis = HeapAnalysis.open(this.dump, this.options)) {
			ObjectReader reader = analysis.graph().reader();
			assertThat(reader.seek(ExtremeHeaps.node(299_999))).isTrue();
			assertThat(reader.reference("f1")).isEqualTo(ExtremeHeaps.node(299_998));
		}
		assertThatNothingIsLeft();
	}

	@Test
	void seekShouldFindClasses() throws IOException {
		try (HeapAnalysis analysis = HeapAnalysis.open(this.dump, this.options)) {
			ObjectReader reader = analysis.graph().reader();
			for (HeapClass each : analysis.graph().classes().all()) {
				if (each.id() != 0) {
					assertThat(reader.seek(each.id())).as(each.name()).isTrue();
					assertThat(reader.type()).isEqualTo(analysis.graph().classes().classOfClasses());
				}
			}
		}
	}

	@Test
	void openWithoutContentsShouldTellAllElse() throws IOException {
		try (HeapAnalysis all = HeapAnalysis.open(this.dump, this.options);
				HeapAnalysis most = HeapAnalysis.open(this.dump, this.options.withoutContents())) {
			assertThat(most.classes()).isEqualTo(all.classes());
			assertThat(most.largest()).isEqualTo(all.largest());
			assertThat(most.loaders()).isEqualTo(all.loaders());
			assertThat(most.summary()).isEqualTo(all.summary());
			for (ThrowingCallable each : List.<ThrowingCallable>of(most::collections, most::duplicateStrings,
					most::references)) {
				assertThatIllegalStateException().isThrownBy(each).withMessageContaining("HeapOptions.contents");
			}
		}
		assertThatNothingIsLeft();
	}

	@Test
	void readAfterCloseShouldFailAndNotEndTheProcess() throws IOException {
		HeapAnalysis analysis = HeapAnalysis.open(this.dump, this.options);
		HeapGraph graph = analysis.graph();
		ObjectReader reader = graph.reader();
		assertThat(reader.seek(ExtremeHeaps.node(7))).isTrue();
		HeapClass type = Objects.requireNonNull(reader.type());
		RecordCursor cursor = graph.file().cursor();
		analysis.close();
		List<ThrowingCallable> reads = List.of(() -> reader.seek(ExtremeHeaps.node(7)), reader::shallowBytes,
				() -> reader.reference("f1"), () -> reader.intValue("f1"), () -> reader.element(0),
				() -> reader.text(ExtremeHeaps.node(7)), graph::reader, () -> graph.fieldName(type, 0),
				() -> graph.file().className(type.id()), () -> graph.file().stack(1), () -> graph.file().cursor(),
				() -> cursor.in(graph.dump().segments().get(0)),
				() -> graph.visit(new Work(1, () -> false, ProgressListener.NONE), "again",
						() -> (object, each, shallowBytes, record) -> {
						}));
		for (ThrowingCallable read : reads) {
			assertThatIllegalStateException().isThrownBy(read).withMessageContaining("open the dump again");
		}
	}

	private void assertThatNothingIsLeft() {
		assertThat(this.folder).isEmptyDirectory();
		assertThat(isMapped()).isFalse();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().startsWith("leakwatch-heap")) {
				// Its work is done: it takes but a moment to end.
				assertThatNoException().isThrownBy(() -> thread.join(60_000));
				assertThat(thread.isAlive()).isFalse();
			}
		}
	}

	/** Whether the process has a mapping of the dump or of a temporary file. */
	private boolean isMapped() {
		if (!Files.exists(MAPPINGS)) {
			return false;
		}
		try (Stream<String> lines = Files.lines(MAPPINGS)) {
			return lines
				.anyMatch((line) -> line.contains(this.folder.toString()) || line.contains(this.dumps.toString()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
