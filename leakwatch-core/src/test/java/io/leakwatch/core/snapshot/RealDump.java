package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * A heap dump of the JVM that runs the tests, whose analysis takes some seconds.
 */
final class RealDump {

	static final int MARKS = 300_000;

	private RealDump() {
	}

	static Path write(Path file) {
		List<Mark> held = new ArrayList<>();
		for (int i = 0; i < MARKS; i++) {
			held.add(new Mark(new Object(), held));
		}
		try {
			ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			Reference.reachabilityFence(held);
		}
	}

	/**
	 * An object that a dump holds many of.
	 *
	 * @param own an object of its own
	 * @param shared an object of all
	 */
	record Mark(Object own, Object shared) {
	}

}
