package io.leakwatch.heap.graph;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.leakwatch.heap.DumpedJvm;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.memory.Memory;
import io.leakwatch.heap.profile.ClassCount;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link ObjectLayout} and {@link ObjectSizes} against the sizes that real JVMs
 * count themselves.
 */
class ObjectLayoutJvmTests {

	private static final ClassCount NONE = new ClassCount("", 0, 0);

	static Stream<Arguments> jvms() {
		List<Arguments> jvms = new ArrayList<>();
		for (Path home : DumpedJvm.javaHomes()) {
			int feature = DumpedJvm.feature(home);
			String fields = "-byte alignment, fields as since JDK 15"
					+ ((feature >= 23) ? ", arrays as since JDK 23" : "");
			jvms.add(Arguments.of(home, "-XX:+UseG1GC", "compressed references and class pointers, 8" + fields));
			jvms.add(Arguments.of(home, "-XX:+UseZGC",
					"uncompressed references, compressed class pointers, 8" + fields));
			jvms.add(Arguments.of(home, "-XX:+UseParallelGC -XX:ObjectAlignmentInBytes=16",
					"compressed references and class pointers, 16" + fields));
			jvms.add(Arguments.of(home, "-XX:+UseSerialGC -XX:-UseCompressedOops -XX:-UseCompressedClassPointers",
					"uncompressed references and class pointers, 8" + fields));
			jvms.add(Arguments.of(home, "-XX:+UseG1GC -XX:-UseCompressedClassPointers",
					"compressed references, uncompressed class pointers, 8" + fields));
			if (feature >= 25) {
				jvms.add(Arguments.of(home, "-XX:+UseSerialGC -XX:+UseCompactObjectHeaders",
						"compressed references and compact headers, 8" + fields));
				jvms.add(Arguments.of(home, "-XX:+UseZGC -XX:+UseCompactObjectHeaders",
						"uncompressed references and compact headers, 8" + fields));
			}
		}
		return jvms.stream();
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void sizesShouldBeThoseTheJvmCounts(Path javaHome, String options, String description, @TempDir Path folder)
			throws IOException {
		List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
		arguments.add("-Xmx128m");
		DumpedJvm.Dump dump;
		try (DumpedJvm jvm = DumpedJvm.start(javaHome, arguments.toArray(String[]::new))) {
			dump = jvm.dumpLive(folder.resolve("live.hprof"));
		}
		try (Memory memory = new Memory(1 << 26, folder)) {
			HprofFile file = HprofFile.open(dump.file(), memory);
			Work work = new Work(1, () -> false, (phase, done) -> {
			});
			HeapGraph graph = HeapGraph.read(file, file.dumps().get(0), memory, work);
			// No class needed a correction by its neighbours, or the words would tell.
			assertThat(graph.layout().describe()).isEqualTo(description);
			Map<String, ClassCount> counts = count(graph, work);
			assertThat(comparable(dump.histogram(), counts)).hasSizeGreaterThan(250).allSatisfy((row) -> {
				// A dump has a few Class objects without the class whose statics they
				// hold.
				long unknownBytes = row.className().equals("java.lang.Class") ? 64 : 0;
				assertThat(counts.getOrDefault(row.className(), NONE).shallowBytes()).as(row.className())
					.isBetween(row.shallowBytes() - unknownBytes, row.shallowBytes());
			});
			Path compressed = folder.resolve("live.hprof.gz");
			try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
				Files.copy(dump.file(), out);
			}
			ClassHistogram histogram = ClassHistogram.read(file, file.dump(-1), work);
			assertThat(histogram.layout()).isEqualTo(description);
			assertThat(ClassHistogram.read(compressed, -1, memory, work)).isEqualTo(histogram);
			assertThat(sums(histogram)).isEqualTo(counts);
		}
	}

	private static Map<String, ClassCount> sums(ClassHistogram histogram) {
		Map<String, ClassCount> sums = new TreeMap<>();
		for (ClassHistogram.Row each : histogram.rows()) {
			sums.merge(each.className(), new ClassCount(each.className(), each.count(), each.shallowBytes()), (a,
					b) -> new ClassCount(a.className(), a.count() + b.count(), a.shallowBytes() + b.shallowBytes()));
		}
		return sums;
	}

	/**
	 * The classes of which dump and histogram have the same objects, which are all but
	 * those that {@link DumpedJvm} tells of and what the commands left behind.
	 */
	private static List<ClassCount> comparable(Map<String, ClassCount> histogram, Map<String, ClassCount> counts) {
		return histogram.values()
			.stream()
			.filter((row) -> counts.getOrDefault(row.className(), NONE).count() == row.count())
			.toList();
	}

	private static Map<String, ClassCount> count(HeapGraph graph, Work work) throws IOException {
		Map<String, ClassCount> counts = new TreeMap<>();
		graph.visit(work, "sizes", () -> (object, type, shallowBytes, record) -> counts.merge(type.name(),
				new ClassCount(type.name(), 1, shallowBytes),
				(a, b) -> new ClassCount(a.className(), a.count() + b.count(), a.shallowBytes() + b.shallowBytes())));
		return counts;
	}

}
