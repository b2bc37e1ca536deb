package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.leakwatch.heap.graph.ProgressListener;
import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link WholeProgress}. */
class WholeProgressTests {

	private final List<Double> told = new ArrayList<>();

	private final WholeProgress progress = new WholeProgress((phase, done) -> this.told.add(done));

	@Test
	void progressShouldRiseFromPhaseToPhase() {
		this.progress.progress("objects", 0);
		this.progress.progress("objects", 0.5);
		this.progress.progress("references", 1);
		this.progress.progress("retained sizes", 0);
		assertThat(this.told).containsExactly(0.08, 0.13, 0.51, 0.81);
	}

	@Test
	void progressShouldNeverFallNorPassTheEnd() {
		this.progress.progress("sizes", 0.5);
		this.progress.progress("objects", 1);
		this.progress.progress("retained sizes", 7);
		this.progress.progress("sizes", -1);
		assertThat(this.told).containsExactly(0.75, 0.75, 0.97, 0.97);
	}

	@Test
	void progressWhenThePhaseIsUnknownShouldStayWhereItWas() {
		this.progress.progress("something new", 0.5);
		this.progress.progress("sizes", 0);
		this.progress.progress("something new", 0.9);
		assertThat(this.told).containsExactly(0.0, 0.69, 0.69);
	}

	@Test
	void everyPhaseOfAnAnalysisShouldBeKnown(@TempDir Path folder) throws IOException {
		HprofWriter heap = new HprofWriter().jdkClasses();
		SyntheticClass node = heap.declare("com.acme.Node").references("next");
		heap.declare("com.acme.Chain").staticField("FIRST", heap.instance(node).set("next", heap.instance(node)));
		Set<String> phases = new LinkedHashSet<>();
		ProgressListener listener = (phase, done) -> phases.add(phase);
		HeapOptions options = HeapOptions.defaults().withThreads(1).withTemporaryDirectory(folder);
		HeapAnalysis.open(heap.writeTo(folder.resolve("heap.hprof")), options.withProgress(listener)).close();
		assertThat(phases).hasSizeGreaterThan(3).allSatisfy((phase) -> {
			new WholeProgress((name, done) -> this.told.add(done)).progress(phase, 1);
			assertThat(this.told.get(this.told.size() - 1)).isPositive();
		});
	}

}
