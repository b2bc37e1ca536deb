package io.leakwatch.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.leakwatch.core.census.HolderSize;
import io.leakwatch.core.monitor.Report;
import io.leakwatch.core.monitor.Report.Container;
import io.leakwatch.core.monitor.Report.Group;
import io.leakwatch.core.monitor.Report.TimelinePoint;
import io.leakwatch.core.monitor.Status;
import io.leakwatch.core.signal.BufferUsage;
import io.leakwatch.core.signal.ClassUsage;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.suspect.Evidence;
import io.leakwatch.core.suspect.Finding;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.core.suspect.SuspectKind;
import io.leakwatch.heap.diff.ClassDelta;

/**
 * Reports as the monitor draws them up.
 */
public final class TestReports {

	/** The moment of every report. */
	public static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

	private TestReports() {
	}

	/** A report in which everything is known. */
	public static Report report(Status status, List<Suspect> suspects, int threadGroups) {
		List<Group> groups = IntStream.range(0, threadGroups)
			.mapToObj((number) -> new Group("group-" + number, threadGroups - number, 0.0))
			.toList();
		return new Report(AT, status, AT.minusSeconds(60),
				new Report.Heap(2000, 1000L, 4000L, 600.4, 70.6, 0.987, Instant.now().plusSeconds(300), "G1"),
				new ClassUsage(5000L, 60), 7, new BufferUsage(8, 9000, 10_000L),
				new ProcessUsage(11_000L, 10_500L, 12_000L, 13L), new Report.Threads(14, 0, groups), 15, suspects,
				List.of(new Container(
						new HolderSize("bean 'orderService' → com.acme.OrderService.recent (java.util.ArrayList)",
								"bean 'orderService' → com.acme.OrderService", "java.util.ArrayList", "com.acme.Order",
								20, null, false, false),
						18.0)),
				List.of(new ClassDelta("com.acme.Order", 1, 3, 16, 48)),
				List.of(new TimelinePoint(AT, 2000, 1000L, 9000, 11_000L, 14, 60)),
				new Report.Costs(0.005, 0.001, Duration.ofMillis(17), null));
	}

	public static Suspect suspect(String id, Severity severity) {
		return suspect(id, SuspectKind.HEAP, severity, "bean 'orderService' → com.acme.OrderService.recent");
	}

	public static Suspect suspect(String id, SuspectKind kind, Severity severity, String holder) {
		Finding finding = new Finding(kind, severity, 0.9, "Orders grow by 18 a minute", "com.acme.Order", holder, 19L,
				18.0, 20.0, List.of(new Evidence("class-histogram", "+18 instances", AT)), "Look at who keeps them.");
		return new Suspect(id, AT.minusSeconds(30), AT, finding, "com.acme.OrderService.place(OrderService.java:41)");
	}

}
