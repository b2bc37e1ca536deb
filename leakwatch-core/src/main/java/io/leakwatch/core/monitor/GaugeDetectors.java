package io.leakwatch.core.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.leakwatch.core.signal.BufferUsage;
import io.leakwatch.core.signal.ClassUsage;
import io.leakwatch.core.signal.NativeMemory;
import io.leakwatch.core.signal.ProcessSignals;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.suspect.Counts;
import io.leakwatch.core.suspect.Evidence;
import io.leakwatch.core.suspect.FinalizerQueue;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.GaugeGrowth;
import io.leakwatch.core.suspect.NativeGrowth;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.SuspectKind;
import io.leakwatch.core.suspect.ThreadGrowth;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is watched as one number: threads by group, loaded classes, direct
 * buffers, memory that native code takes, objects that wait for their finalizer, open
 * files.
 */
final class GaugeDetectors {

	private static final double MEGABYTE = 1 << 20;

	private final ThreadGrowth threads = new ThreadGrowth();

	/** What collections have left. */
	private final GaugeGrowth classes = classes();

	private final GaugeGrowth directBytes = directBytes();

	/** What there is at each tick, some of which a collection may free. */
	private final GaugeGrowth classesNow = classes();

	private final GaugeGrowth directBytesNow = directBytes();

	private final GaugeGrowth directBuffersNow = new GaugeGrowth(10, 0.1, 0.6);

	private final FinalizerQueue finalizers = new FinalizerQueue();

	private final GaugeGrowth openFiles = new GaugeGrowth(50, 0.2, 0.6);

	private final NativeGrowth nativeMemory = new NativeGrowth();

	private ProcessUsage process = new ProcessUsage(null, null, null, null);

	private int ticks;

	private static GaugeGrowth classes() {
		return new GaugeGrowth(200, 0.02, 0.6);
	}

	private static GaugeGrowth directBytes() {
		return new GaugeGrowth(4 * MEGABYTE, 0.1, 0.6);
	}

	ThreadGrowth threadGrowth() {
		return this.threads;
	}

	FinalizerQueue finalizers() {
		return this.finalizers;
	}

	boolean isNativeMemoryGrowing() {
		return this.nativeMemory.isGrowing();
	}

	/** Takes what a collection may lower. */
	void addAfterCollection(Instant at, ClassUsage classUsage, BufferUsage direct) {
		this.classes.add(at, classUsage.loadedClasses());
		this.directBytes.add(at, direct.usedBytes());
	}

	/** Takes the readings of a tick. */
	void add(Instant at, Watch.Readings readings) {
		this.classesNow.add(at, readings.classes().loadedClasses());
		this.directBytesNow.add(at, readings.direct().usedBytes());
		this.directBuffersNow.add(at, readings.direct().count());
		this.threads.add(at, readings.threads());
		this.finalizers.add(at, readings.pendingFinalizers());
		this.process = readings.process();
		NativeMemory outside = readings.nativeMemory();
		if (outside != null) {
			this.nativeMemory.add(at, outside);
		}
		Long files = readings.process().openFiles();
		if (files != null && this.ticks++ % ProcessSignals.READS_OF_OPEN_FILES == 0) {
			this.openFiles.add(at, files);
		}
	}

	List<Finding> find(Instant now) {
		List<Finding> findings = new ArrayList<>(this.threads.find(now));
		addClasses(findings, now);
		addDirectMemory(findings, now);
		findings.addAll(this.nativeMemory.find(this.process, now));
		findings.addAll(this.finalizers.find(now));
		Severity files = limited(this.openFiles.severity());
		if (files != null) {
			findings
				.add(counted(SuspectKind.FILE_DESCRIPTOR, files, this.openFiles, "open-files", "Open files and sockets",
						"Look for streams, connections or channels that are opened per call and not closed.", now));
		}
		return findings;
	}

	private void addClasses(List<Finding> findings, Instant now) {
		Severity severity = surer(this.classes, this.classesNow);
		if (severity != null) {
			findings.add(counted(SuspectKind.CLASS_LOADER, severity, telling(this.classes, this.classesNow),
					"class-loading", "Loaded classes",
					"Look for class loaders, scripts or proxies that are made per call and kept: make them once, or let them go.",
					now));
		}
	}

	private void addDirectMemory(List<Finding> findings, Instant now) {
		Severity severity = surer(this.directBytes, this.directBytesNow);
		if (severity != null) {
			GaugeGrowth bytes = telling(this.directBytes, this.directBytesNow);
			GaugeGrowth buffers = this.directBuffersNow;
			double perMinute = bytes.trend().slopePerMinute();
			Double buffersPerMinute = buffers.trend().growing() ? buffers.trend().slopePerMinute() : null;
			String title = "Direct buffers grow by %s a minute; they hold %s now".formatted(Counts.bytes(perMinute),
					Counts.bytes(newest(bytes)));
			String detail = "%s more over %d points in %d s".formatted(Counts.bytes(bytes.series().gain()),
					bytes.series().size(), bytes.series().span().toSeconds());
			findings.add(new Finding(SuspectKind.DIRECT_MEMORY, severity, bytes.trend().confidence(), title, null, null,
					Math.round(newest(buffers)), buffersPerMinute, perMinute,
					List.of(new Evidence("direct-buffers", detail, now)),
					"Look for direct byte buffers that are kept: pool them, or let them go so that they are freed."));
		}
	}

	private static Finding counted(SuspectKind kind, Severity severity, GaugeGrowth growth, String signal,
			String subject, String advice, Instant now) {
		double perMinute = growth.trend().slopePerMinute();
		String title = String.format(Locale.ROOT, "%s grow by %,.1f a minute; there are %,.0f now", subject, perMinute,
				newest(growth));
		String detail = String.format(Locale.ROOT, "%,.0f more over %d points in %d s", growth.series().gain(),
				growth.series().size(), growth.series().span().toSeconds());
		return new Finding(kind, severity, growth.trend().confidence(), title, null, null, Math.round(newest(growth)),
				perMinute, null, List.of(new Evidence(signal, detail, now)), advice);
	}

	/**
	 * What collections leave has a weight of its own. What there is in between may be
	 * freed yet, unless a holder shows that it is kept, and is worth a look only once its
	 * growth has held for some ticks.
	 */
	private static @Nullable Severity surer(GaugeGrowth afterCollections, GaugeGrowth now) {
		Severity proven = limited(afterCollections.severity());
		Severity seen = now.severity();
		return (proven == null && seen != null && seen != Severity.WATCH) ? Severity.WATCH : proven;
	}

	private static GaugeGrowth telling(GaugeGrowth afterCollections, GaugeGrowth now) {
		return afterCollections.trend().growing() ? afterCollections : now;
	}

	/** These numbers follow the traffic too: a morning's ramp is no proof. */
	private static @Nullable Severity limited(@Nullable Severity severity) {
		return (severity == Severity.CONFIRMED) ? Severity.PROBABLE : severity;
	}

	private static double newest(GaugeGrowth growth) {
		return growth.series().value(growth.series().size() - 1);
	}

}
