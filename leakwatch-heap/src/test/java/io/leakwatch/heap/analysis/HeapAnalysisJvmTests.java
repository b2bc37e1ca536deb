package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.leakwatch.heap.DumpedJvm;
import io.leakwatch.heap.fixture.HeapFixture;
import io.leakwatch.heap.graph.GcRoot;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.PathTree;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link HeapAnalysis} on dumps of real JVMs, against what they count themselves:
 * all collectors and layouts of objects that the installed JDKs have.
 */
class HeapAnalysisJvmTests {

	private static final String FIXTURE = "io.leakwatch.heap.fixture.";

	private static final ClassCount NONE = new ClassCount("[I", 0, 0);

	/** What fills gaps, an {@code int[]} in dumps. */
	private static final String FILLER = "[Ljdk.internal.vm.FillerElement;";

	private final Path folder;

	HeapAnalysisJvmTests(@TempDir Path folder) {
		this.folder = folder;
	}

	static Stream<Arguments> jvms() {
		List<Arguments> jvms = new ArrayList<>();
		for (Path home : DumpedJvm.javaHomes()) {
			Stream
				.of("-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC", "-XX:+UseZGC", "-XX:+UseShenandoahGC",
						"-XX:+UseG1GC -XX:-UseCompressedOops", "-XX:+UseSerialGC -XX:ObjectAlignmentInBytes=16",
						"-XX:+UseSerialGC -XX:-UseCompressedClassPointers",
						"-XX:+UseParallelGC -XX:+UseCompactObjectHeaders")
				.filter((options) -> isOffered(home, options))
				.forEach((options) -> jvms.add(Arguments.of(home, options)));
		}
		return jvms.stream();
	}

	private static boolean isOffered(Path javaHome, String options) {
		List<String> command = new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
		command.addAll(Arrays.asList(options.split(" ")));
		command.add("-version");
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void openShouldAgreeWithTheJvm(Path javaHome, String options) throws IOException {
		List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
		arguments.add("-Xmx128m");
		DumpedJvm.Dump dump;
		try (DumpedJvm jvm = DumpedJvm.start(javaHome, arguments.toArray(String[]::new))) {
			dump = jvm.dumpLive(this.folder.resolve("live.hprof"));
		}
		HeapOptions large = HeapOptions.defaults().withTemporaryDirectory(this.folder).withThreads(1);
		try (HeapAnalysis analysis = HeapAnalysis.open(dump.file(), large);
				HeapAnalysis other = HeapAnalysis.open(dump.file(), large.withMemoryBytes(0))) {
			checkHistogram(analysis, dump.histogram());
			checkFixture(analysis);
			checkThreads(analysis);
			checkPaths(analysis);
			checkNames(analysis.profile("live"));
			assertThat(other.summary()).isEqualTo(analysis.summary());
			assertThat(other.classes()).isEqualTo(analysis.classes());
			assertThat(other.largest()).isEqualTo(analysis.largest());
			assertThat(other.threads()).isEqualTo(analysis.threads());
			assertThat(other.loaders()).isEqualTo(analysis.loaders());
			assertThat(lines(other.paths())).isEqualTo(lines(analysis.paths()));
		}
		assertThat(this.folder).isDirectoryContaining((file) -> file.equals(dump.file()))
			.isDirectoryNotContaining((file) -> !file.equals(dump.file()));
	}

	/** The same classes, counts and bytes, but for what {@link DumpedJvm} tells of. */
	private static void checkHistogram(HeapAnalysis analysis, Map<String, ClassCount> histogram) {
		Map<String, ClassCount> counts = new HashMap<>();
		for (ClassUse each : analysis.classes()) {
			String name = each.className().replaceFirst("\\+0x", "/0x");
			counts.merge(name,
					new ClassCount(name, each.count() + each.unreachableCount(),
							each.shallowBytes() + each.unreachableBytes()),
					(a, b) -> new ClassCount(name, a.count() + b.count(), a.shallowBytes() + b.shallowBytes()));
		}
		Map<String, ClassCount> expected = new HashMap<>(histogram);
		ClassCount filler = expected.remove(FILLER);
		if (filler != null) {
			expected.merge("[I", filler,
					(a, b) -> new ClassCount("[I", a.count() + b.count(), a.shallowBytes() + b.shallowBytes()));
		}
		allowFillers(analysis, counts, expected);
		ClassCount classes = counts.getOrDefault("java.lang.Class", NONE);
		ClassCount allClasses = expected.getOrDefault("java.lang.Class", NONE);
		counts.remove("java.lang.Class");
		expected.remove("java.lang.Class");
		assertThat(counts).isEqualTo(expected);
		assertThat(classes.count()).isBetween(500L, allClasses.count());
		assertThat(classes.shallowBytes()).isLessThanOrEqualTo(allClasses.shallowBytes());
		HeapSummary summary = analysis.summary();
		assertThat(summary.objectCount() + summary.unreachableCount())
			.isEqualTo(expected.values().stream().mapToLong(ClassCount::count).sum() + classes.count());
		assertThat(summary.shallowBytes() + summary.unreachableBytes())
			.isEqualTo(expected.values().stream().mapToLong(ClassCount::shallowBytes).sum() + classes.shallowBytes());
	}

	/** A collector may fill gaps when it has been dumped: with what nothing refers to. */
	private static void allowFillers(HeapAnalysis analysis, Map<String, ClassCount> counts,
			Map<String, ClassCount> expected) {
		ClassCount ours = counts.getOrDefault("[I", NONE);
		ClassCount theirs = expected.getOrDefault("[I", NONE);
		long more = ours.count() - theirs.count();
		if (more > 0) {
			ClassUse ints = analysis.classes()
				.stream()
				.filter((each) -> each.className().equals("[I"))
				.findFirst()
				.orElseThrow();
			assertThat(more).isLessThanOrEqualTo(ints.unreachableCount());
			assertThat(ours.shallowBytes() - theirs.shallowBytes()).isBetween(8 * more, ints.unreachableBytes());
			expected.put("[I", ours);
		}
	}

	/** Reachable is what the JVM kept, but for what hidden threads and classes hold. */
	private static void checkFixture(HeapAnalysis analysis) {
		Map<String, Long> reachable = new HashMap<>();
		for (ClassUse each : analysis.classes()) {
			if (each.className().startsWith(FIXTURE)) {
				reachable.merge(each.className(), each.count(), Long::sum);
				if (!each.className().equals(FIXTURE + "Garbage")) {
					assertThat(each.unreachableCount()).as(each.className()).isZero();
				}
			}
		}
		HeapFixture.LIVE.forEach((name, count) -> {
			// A collector may clear soft references, as Shenandoah's of JDK 25 does.
			if (!name.equals(FIXTURE + "SoftlyHeld") || reachable.containsKey(name)) {
				assertThat(reachable.get(name)).as(name).isEqualTo((long) count);
			}
		});
		assertThat(reachable.getOrDefault(FIXTURE + "Garbage", 0L)).isZero();
		HeapSummary summary = analysis.summary();
		assertThat(summary.damage()).isEmpty();
		assertThat(summary.objectCount()).isGreaterThan(10 * summary.unreachableCount());
		assertThat(summary.roots()).containsKeys(GcRoot.Kind.SYSTEM_CLASS, GcRoot.Kind.THREAD, GcRoot.Kind.JAVA_FRAME,
				GcRoot.Kind.JNI_GLOBAL);
		assertThat(summary.roots().get(GcRoot.Kind.THREAD)).isGreaterThanOrEqualTo(HeapFixture.THREADS + 3);
		assertThat(analysis.loaders()).anySatisfy((loader) -> assertThat(loader.name()).isEqualTo("plugins"));
	}

	private static void checkThreads(HeapAnalysis analysis) {
		assertThat(analysis.threads()).extracting(ThreadStack::name)
			.contains("main", "Finalizer", "Reference Handler", "fixture-pool-1-thread-1", "fixture-pool-1-thread-2",
					"fixture-pool-1-thread-3");
		assertThat(analysis.threads()).filteredOn("group", "fixture-pool-#-thread-#")
			.hasSize(HeapFixture.THREADS)
			.allSatisfy((thread) -> {
				assertThat(thread.localCount()).isGreaterThanOrEqualTo(2);
				assertThat(thread.retainedBytes()).isPositive();
				assertThat(thread.frames())
					.anySatisfy((frame) -> assertThat(frame)
						.startsWith(HeapFixture.class.getName() + ".holdForEver(HeapFixture.java:"))
					.last()
					.asString()
					.startsWith("java.lang.Thread.run");
			});
	}

	private static void checkPaths(HeapAnalysis analysis) {
		PathTree paths = analysis.paths();
		assertThat(paths.heldBytes(PathTree.HEAP)).isEqualTo(analysis.summary().shallowBytes());
		Map<String, Long> held = new HashMap<>();
		for (int i = 0; i < paths.childCount(PathTree.HEAP); i++) {
			int child = paths.child(PathTree.HEAP, i);
			held.merge(paths.field(child), paths.heldBytes(child), Long::sum);
		}
		String statics = "static " + HeapFixture.class.getName();
		assertThat(held.get(statics + ".LISTENERS")).isBetween(100 * (16L + 112), 100 * (48L + 144) + 2_000);
		assertThat(held.get(statics + ".chain")).isBetween(HeapFixture.CHAIN * 16L, HeapFixture.CHAIN * 100L);
		assertThat(held).containsKey("local of thread group 'fixture-pool-#-thread-#'");
	}

	/** A profile has no name that another run of the same program would not have. */
	private static void checkNames(HeapProfile profile) {
		assertThat(profile.classes()).extracting(ClassCount::className)
			.contains(HeapFixture.class.getName() + "$$Lambda")
			.doesNotHaveDuplicates()
			.noneMatch((name) -> name.contains("0x"));
		assertThat(lines(profile.paths())).noneMatch((line) -> line.contains("0x"))
			.anyMatch((line) -> line.contains("$$Lambda.arg$1 " + FIXTURE + "Captured 5 "));
	}

	private static List<String> lines(PathTree paths) {
		return IntStream.range(0, paths.size())
			.mapToObj((node) -> paths.parent(node) + " " + paths.field(node) + " " + paths.className(node) + " "
					+ paths.count(node) + " " + paths.heldBytes(node) + " " + paths.retainedBytes(node))
			.toList();
	}

}
