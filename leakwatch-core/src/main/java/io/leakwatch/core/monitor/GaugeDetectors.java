package io.leakwatch.core.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.leakwatch.core.signal.Buffers;
import io.leakwatch.core.signal.ClassUsage;
import io.leakwatch.core.signal.NativeMemory;
import io.leakwatch.core.signal.ProcessSignals;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.suspect.BufferGrowth;
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
 * Everything that is watched as one number: threads by group, loaded classes, buffers
 * outside the heap, memory that native code takes, objects that wait for their finalizer,
 * open files.
 */
final class GaugeDetectors {

	/** What runs for the first time loads classes, the longer the busier the machine. */
	private static final Duration SHORTEST_LOADING = Duration.ofSeconds(45);

	private static final int POINTS_OF_LOADING = 16;

	private final ThreadGrowth threads = new ThreadGrowth();

	/** What collections have left. */
	private final GaugeGrowth classes = classes();

	/** What there is at each tick, some of which a collection may free. */
	private final GaugeGrowth classesNow = classes();

	private final BufferGrowth directBuffers = BufferGrowth.direct();

	private final BufferGrowth mappedBuffers = BufferGrowth.mapped();

	private final FinalizerQueue finalizers = new FinalizerQueue();

	private final GaugeGrowth openFiles = new GaugeGrowth(50, 0.2, 0.6);

	private final NativeGrowth nativeMemory = new NativeGrowth();

	private ProcessUsage process = new ProcessUsage(null, null, null, null);

	private int ticks;

	private static GaugeGrowth classes() {
		return new GaugeGrowth(200, 0.05, 0.6);
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
	void addAfterCollection(Instant at, ClassUsage classUsage, Buffers buffers) {
		this.classes.add(at, classUsage.loadedClasses());
		this.directBuffers.addAfterCollection(at, buffers.direct());
		this.mappedBuffers.addAfterCollection(at, buffers.mapped());
	}

	/** Takes the readings of a tick. */
	void add(Instant at, Watch.Readings readings) {
		this.classesNow.add(at, readings.classes().loadedClasses());
		this.directBuffers.add(at, readings.buffers().direct());
		this.mappedBuffers.add(at, readings.buffers().mapped());
		this.threads.add(at, readings.threads());
		this.finalizers.add(at, readings.pendingFinalizers());
		this.process = readings.process();
		NativeMemory outside = readings.nativeMemory();
		if (outside != null) {
			this.nativeMemory.add(at, outside);
			this.nativeMemory.add(at, readings.nativeCategories());
		}
		Long files = readings.process().openFiles();
		if (files != null && this.ticks++ % ProcessSignals.READS_OF_OPEN_FILES == 0) {
			this.openFiles.add(at, files);
		}
	}

	List<Finding> find(Instant now) {
		List<Finding> findings = new ArrayList<>(this.threads.find(now));
		addClasses(findings, now);
		findings.addAll(this.directBuffers.find(now));
		findings.addAll(this.mappedBuffers.find(now));
		findings.addAll(this.nativeMemory.find(this.process, now));
		findings.addAll(this.finalizers.find(now));
		Severity files = this.openFiles.atMostProbable();
		if (files != null) {
			findings
				.add(counted(SuspectKind.FILE_DESCRIPTOR, files, this.openFiles, "open-files", "Open files and sockets",
						"Look for streams, connections or channels that are opened per call and not closed.", now));
		}
		return findings;
	}

	private void addClasses(List<Finding> findings, Instant now) {
		Severity severity = GaugeGrowth.surer(this.classes, this.classesNow);
		if (severity != null) {
			boolean soon = this.classes.series().size() < POINTS_OF_LOADING
					|| this.classes.series().span().compareTo(SHORTEST_LOADING) < 0;
			severity = soon ? Severity.WATCH : severity;
			findings.add(counted(SuspectKind.CLASS_LOADER, severity, GaugeGrowth.telling(this.classes, this.classesNow),
					"class-loading", "Loaded classes",
					"Look for class loaders, scripts or proxies that are made per call and kept: make them once, or let them go.",
					now));
		}
	}

	private static Finding counted(SuspectKind kind, Severity severity, GaugeGrowth growth, String signal,
			String subject, String advice, Instant now) {
		double perMinute = growth.trend().slopePerMinute();
		String title = String.format(Locale.ROOT, "%s grow by %,.1f a minute; there are %,.0f now", subject, perMinute,
				growth.newest());
		String detail = String.format(Locale.ROOT, "%,.0f more over %d points in %d s", growth.series().gain(),
				growth.series().size(), growth.series().span().toSeconds());
		return new Finding(kind, severity, growth.trend().confidence(), title, null, null, Math.round(growth.newest()),
				perMinute, null, List.of(new Evidence(signal, detail, now)), advice);
	}

}
