package io.leakwatch.core.histogram;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeErrorException;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;

/**
 * Takes class histograms of this JVM, by the {@code DiagnosticCommand} MBean. The
 * application stands still meanwhile: for some 0.3 to 0.7 s for each gigabyte in use,
 * several times that on ZGC or when the heap is collected first. The text that the JVM
 * writes takes about 100 bytes a class for a moment. Safe for several threads; one
 * histogram at a time.
 */
public final class ClassHistogram {

	private final Clock clock;

	private final HistogramParser parser = new HistogramParser();

	/**
	 * Histograms of this JVM.
	 * @param clock tells the moment of each
	 */
	public ClassHistogram(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Takes a histogram.
	 * @param liveOnly whether the whole heap is collected first, so that only live
	 * objects are counted; costs a full collection
	 * @return the histogram
	 * @throws HistogramUnavailableException where the JVM gives none
	 */
	public synchronized Histogram take(boolean liveOnly) {
		try {
			MBeanServer server = ManagementFactory.getPlatformMBeanServer();
			ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
			// Loads what the first invocation would load, which is no part of the pause.
			server.getMBeanInfo(commands);
			String[] arguments = liveOnly ? new String[0] : new String[] { "-all" };
			long start = System.nanoTime();
			Object text = server.invoke(commands, "gcClassHistogram", new Object[] { arguments },
					new String[] { String[].class.getName() });
			Duration pause = Duration.ofNanos(System.nanoTime() - start);
			List<ClassCount> classes = this.parser.parse(String.valueOf(text));
			if (classes.isEmpty()) {
				throw new IllegalStateException("no class in the JVM's answer: " + abbreviate(String.valueOf(text)));
			}
			return new Histogram(HeapProfile.of(this.clock.instant(), classes), pause);
		}
		catch (RuntimeErrorException ex) {
			// What the JVM lacks memory for now it may have later: no reason to give up.
			throw ex.getTargetError();
		}
		catch (JMException | RuntimeException ex) {
			throw new HistogramUnavailableException("The JVM gave no class histogram: " + ex, ex);
		}
	}

	private static String abbreviate(String text) {
		return (text.length() > 200) ? text.substring(0, 200) : text;
	}

}
