package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;

import io.leakwatch.heap.DumpedJvm;
import io.leakwatch.heap.graph.ReferenceKind;
import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeapAnalysis#references()}.
 */
class ReferenceUsesTests {

	private static final String FIXTURE = "io.leakwatch.heap.fixture.";

	private final Path folder;

	ReferenceUsesTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void referencesShouldCountByKindClassAndReferent() throws IOException {
		HprofWriter heap = new HprofWriter().jdkClasses();
		SyntheticClass node = heap.declare("com.acme.Node").references("next");
		SyntheticClass queue = heap.declare("java.lang.ref.ReferenceQueue")
			.field("queueLength", SyntheticType.LONG)
			.references("head");
		SyntheticInstance enqueued = heap.instance(queue);
		queue.staticField("ENQUEUED", enqueued);
		SyntheticInstance finalizers = heap.instance(queue).set("queueLength", 2);
		SyntheticClass finalizer = heap.declare("java.lang.ref.Finalizer")
			.extending(heap.referenceClass("java.lang.ref.FinalReference"))
			.references("chain")
			.staticField("queue", finalizers);
		SyntheticInstance chain = null;
		for (int i = 0; i < 5; i++) {
			chain = heap.instance(finalizer)
				.set("referent", heap.instance(node))
				.set("queue", (i < 2) ? enqueued : finalizers)
				.set("chain", chain);
		}
		finalizer.staticField("unfinalized", chain);
		SyntheticClass weak = heap.referenceClass("java.lang.ref.WeakReference");
		heap.declare("com.acme.Shop")
			.staticField("a", heap.instance(weak).set("referent", heap.string("leaf")))
			.staticField("b", heap.instance(weak))
			.staticField("c", heap.instance(heap.referenceClass("java.lang.ref.SoftReference"))
				.set("referent", heap.instance(node)));
		try (HeapAnalysis analysis = HeapAnalysis.open(heap.writeTo(this.folder.resolve("test.hprof")),
				HeapOptions.defaults())) {
			ReferenceUses uses = analysis.references();
			assertThat(uses.references()).containsExactly(
					new ReferenceUse(ReferenceKind.FINAL, "java.lang.ref.Finalizer", "com.acme.Node", 5, 2),
					new ReferenceUse(ReferenceKind.SOFT, "java.lang.ref.SoftReference", "com.acme.Node", 1, 0),
					new ReferenceUse(ReferenceKind.WEAK, "java.lang.ref.WeakReference", ReferenceUse.CLEARED, 1, 0),
					new ReferenceUse(ReferenceKind.WEAK, "java.lang.ref.WeakReference", "java.lang.String", 1, 0));
			assertThat(uses.pendingFinalizers()).isEqualTo(2);
			assertThat(uses.queues())
				.containsExactly(new ReferenceQueueUse(finalizers.id(), "java.lang.ref.ReferenceQueue", 2,
						"static java.lang.ref.Finalizer.queue (java.lang.ref.ReferenceQueue)"));
		}
	}

	@ParameterizedTest
	@MethodSource("io.leakwatch.heap.DumpedJvm#javaHomes")
	void referencesOfRealHeapShouldBeThoseOfTheFixture(Path javaHome) throws IOException {
		try (DumpedJvm jvm = DumpedJvm.start(javaHome, "-Xmx64m", "-XX:+UseSerialGC")) {
			Path dump = jvm.dumpLive(this.folder.resolve("live.hprof")).file();
			try (HeapAnalysis analysis = HeapAnalysis.open(dump, HeapOptions.defaults())) {
				assertThat(analysis.references().references()).contains(
						new ReferenceUse(ReferenceKind.FINAL, "java.lang.ref.Finalizer", FIXTURE + "Finalizable", 5, 0),
						new ReferenceUse(ReferenceKind.WEAK, "java.lang.ref.WeakReference",
								FIXTURE + "WeaklyAndStronglyHeld", 6, 0),
						new ReferenceUse(ReferenceKind.PHANTOM, "java.lang.ref.PhantomReference",
								FIXTURE + "WeaklyAndStronglyHeld", 3, 0),
						new ReferenceUse(ReferenceKind.SOFT, "java.lang.ref.SoftReference", FIXTURE + "SoftlyHeld", 2,
								0))
					.anySatisfy((use) -> {
						assertThat(use.kind()).isEqualTo(ReferenceKind.PHANTOM);
						assertThat(use.className()).endsWith("Cleaner");
						assertThat(use.referentClassName()).isEqualTo("java.nio.DirectByteBuffer");
						assertThat(use.count()).isEqualTo(4);
					});
				assertThat(analysis.references().pendingFinalizers()).isZero();
			}
		}
	}

}
