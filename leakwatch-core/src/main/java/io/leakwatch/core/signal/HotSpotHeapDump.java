package io.leakwatch.core.signal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import com.sun.management.HotSpotDiagnosticMXBean;

/**
 * Writes heap dumps of this JVM, by the {@code HotSpotDiagnostic} MBean. The heap is
 * collected first, and the application stands still until all live objects are written:
 * for some 5 to 9 s for each gigabyte of small objects. Safe for several threads; the JVM
 * writes one dump at a time.
 */
public final class HotSpotHeapDump {

	/**
	 * A writer of heap dumps.
	 */
	public HotSpotHeapDump() {
	}

	/**
	 * Whether this JVM writes heap dumps; others than HotSpot, and a HotSpot without its
	 * module {@code jdk.management}, do not.
	 * @return whether it does
	 */
	public boolean isAvailable() {
		try {
			return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class) != null;
		}
		catch (IllegalArgumentException | LinkageError ex) {
			return false;
		}
	}

	/**
	 * Writes a dump of the live objects.
	 * @param file the file, whose name ends in {@code .hprof}; must not exist yet
	 * @throws IOException if it cannot be written; a part of it may be there
	 */
	public void write(Path file) throws IOException {
		HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		if (bean == null) {
			throw new IOException("This JVM writes no heap dumps");
		}
		bean.dumpHeap(file.toString(), true);
	}

}
