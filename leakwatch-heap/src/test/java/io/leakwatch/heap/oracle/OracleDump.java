package io.leakwatch.heap.oracle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.DumpedJvm;

/**
 * A JVM that readers of dumps are compared on, and how it runs. The JVM ends as soon as
 * it is dumped.
 *
 * @param javaHome the JDK
 * @param options the JVM's options
 */
record OracleDump(Path javaHome, List<String> options) {

	/**
	 * Each JDK there is, and the layouts of addresses and headers that JVMs have.
	 */
	static List<OracleDump> all() {
		List<OracleDump> dumps = new ArrayList<>();
		for (Path home : DumpedJvm.javaHomes()) {
			dumps.add(new OracleDump(home, List.of("-XX:+UseSerialGC")));
			if (DumpedJvm.feature(home) >= 25) {
				dumps.add(new OracleDump(home, List.of("-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders")));
			}
		}
		Path own = DumpedJvm.javaHomes().get(0);
		dumps.add(new OracleDump(own, List.of("-XX:+UseParallelGC", "-XX:-UseCompressedOops")));
		dumps.add(new OracleDump(own, List.of("-XX:+UseZGC")));
		return dumps;
	}

	/**
	 * Starts the JVM and dumps its live objects.
	 */
	Path writeLive(Path folder) {
		try (DumpedJvm jvm = start()) {
			return jvm.dumpLive(folder.resolve("live.hprof")).file();
		}
	}

	/**
	 * Starts the JVM and dumps all of its objects. Unreachable ones may refer to what is
	 * no more, and NetBeans' library can take minutes to find that something is not
	 * there.
	 */
	Path writeAll(Path folder) {
		try (DumpedJvm jvm = start()) {
			return jvm.dumpAll(folder.resolve("all.hprof")).file();
		}
	}

	private DumpedJvm start() {
		List<String> all = new ArrayList<>(this.options);
		all.add("-Xmx64m");
		return DumpedJvm.start(this.javaHome, all.toArray(String[]::new));
	}

	@Override
	public String toString() {
		return DumpedJvm.feature(this.javaHome) + " " + String.join(" ", this.options);
	}

}
