package io.leakwatch.core.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.leakwatch.core.signal.BufferUsage;
import io.leakwatch.core.signal.ClassUsage;
import io.leakwatch.core.signal.ProcessSignals;
import io.leakwatch.core.suspect.Evidence;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.GaugeGrowth;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.SuspectKind;
import io.leakwatch.core.suspect.ThreadGrowth;

/**
 * Everything that is watched as one number: threads by group, loaded classes, direct
 * buffers, objects that wait for their finalizer, open files.
 */
final class GaugeDetectors {

	private static final double MEGABYTE = 1 << 20;

	private final ThreadGrowth threads = new ThreadGrowth();

	private final GaugeGrowth classes = new GaugeGrowth(200, 0.02, 0.6);

	private final GaugeGrowth directBytes = new GaugeGrowth(4 * MEGABYTE, 0.1, 0.6);

	private final GaugeGrowth finalizers = new GaugeGrowth(1000, 0.2, 0.6);

	private final GaugeGrowth openFiles = new GaugeGrowth(50, 0.2, 0.6);

	private int ticks;

	ThreadGrowth threadGrowth() {
		return this.threads;
	}

	/** Takes what a collection may lower. */
	void addAfterCollection(Instant at, ClassUsage classUsage, BufferUsage direct) {
		this.classes.add(at, classUsage.loadedClasses());
		this.directBytes.add(at, direct.usedBytes());
	}

	/** Takes what is exact at any time. */
	void add(Instant at, Watch.Readings readings) {
		this.threads.add(at, readings.threads());
		this.finalizers.add(at, readings.pendingFinalizers());
		Long files = readings.process().openFiles();
		if (files != null && this.ticks++ % ProcessSignals.READS_OF_OPEN_FILES == 0) {
			this.openFiles.add(at, files);
		}
	}

	List<Finding> find(Instant now) {
		List<Finding> findings = new ArrayList<>(this.threads.find(now));
		add(findings, SuspectKind.CLASS_LOADER, this.classes, "class-loading", "Loaded classes", 1,
				"Look for class loaders, scripts or proxies that are made per call and kept: make them once, or let them go.",
				now);
		add(findings, SuspectKind.DIRECT_MEMORY, this.directBytes, "direct-buffers", "Direct buffers (MB)", MEGABYTE,
				"Look for direct byte buffers that are kept: pool them, or let them go so that they are freed.", now);
		add(findings, SuspectKind.FINALIZER, this.finalizers, "finalizer-queue",
				"Objects that wait for their finalizer", 1,
				"A finalizer blocks, or objects with one are made faster than they are finalized: close them instead.",
				now);
		add(findings, SuspectKind.FILE_DESCRIPTOR, this.openFiles, "open-files", "Open files and sockets", 1,
				"Look for streams, connections or channels that are opened per call and not closed.", now);
		return findings;
	}

	private static void add(List<Finding> findings, SuspectKind kind, GaugeGrowth growth, String signal, String subject,
			double unit, String advice, Instant now) {
		Severity severity = growth.severity();
		if (severity != null) {
			// These numbers follow the traffic too: a morning's ramp is no proof.
			severity = (severity == Severity.CONFIRMED) ? Severity.PROBABLE : severity;
			double perMinute = growth.trend().slopePerMinute();
			double value = growth.series().value(growth.series().size() - 1);
			String title = String.format(Locale.ROOT, "%s grow by %,.1f a minute; there are %,.0f now", subject,
					perMinute / unit, value / unit);
			String detail = String.format(Locale.ROOT, "%,.1f more over %d points in %d s",
					growth.series().gain() / unit, growth.series().size(), growth.series().span().toSeconds());
			boolean inBytes = unit == MEGABYTE;
			findings.add(new Finding(kind, severity, growth.trend().confidence(), title, null, null,
					inBytes ? null : Long.valueOf(Math.round(value)), inBytes ? null : Double.valueOf(perMinute),
					inBytes ? Double.valueOf(perMinute) : null, List.of(new Evidence(signal, detail, now)), advice));
		}
	}

}
