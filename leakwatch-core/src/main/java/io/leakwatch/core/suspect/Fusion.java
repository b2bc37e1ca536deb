package io.leakwatch.core.suspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Joins the findings of all detectors: one leak is one suspicion, though a container, a
 * class, the threads and the live heap may all show it. What belongs together is known by
 * its names, or grows at the same pace.
 *
 * <p>
 * A container that has been probable is confirmed when a second signal has agreed for
 * {@value #TICKS_OF_AGREEMENT} ticks: its elements' class in the histograms, the live
 * heap, threads, classes or buffers that grow with it. Without one it takes
 * {@value #TICKS_ALONE}.
 *
 * <p>
 * Ranked are, of equal severity, threads and the like before the heap, as they bring
 * objects along and not the other way round; what has a holder before what has none; the
 * application's own before a library's and the JDK's; and what takes more memory. For one
 * thread.
 */
public final class Fusion {

	private static final int TICKS_OF_AGREEMENT = 18;

	private static final int TICKS_ALONE = 36;

	private static final double SAME_PACE_OF_CLASS = 0.1;

	/** What a service loads and starts by itself is counted there, too. */
	private static final double SAME_PACE_OF_GAUGE = 0.15;

	private static final int MOST_OBJECTS_OF_AN_ENTRY = 3;

	private final List<String> applicationPackages;

	private final Comparator<Suspicion> likeliestFirst;

	private @Nullable DumpedHolders dumped;

	/** How long each that has a container has held, by its fingerprint. */
	private Map<String, Held> held = new HashMap<>();

	/**
	 * A fusion that has seen nothing.
	 * @param applicationPackages the packages whose classes are the application's own
	 */
	public Fusion(List<String> applicationPackages) {
		this.applicationPackages = List.copyOf(applicationPackages);
		this.likeliestFirst = Comparator.comparing((Suspicion each) -> each.severity)
			.reversed()
			.thenComparing((each) -> each.kind == SuspectKind.HEAP || each.kind == SuspectKind.CACHE)
			.thenComparing((each) -> each.lead.holder() == null)
			.thenComparing(this::origin)
			.thenComparing(Comparator.comparingDouble(Suspicion::bytesPerMinute).reversed())
			.thenComparing(Comparator.comparingDouble(Suspicion::growthPerMinute).reversed());
	}

	/**
	 * Takes who holds what in a heap dump, in place of an earlier one.
	 * @param holders what the dump tells
	 */
	public void dumped(DumpedHolders holders) {
		this.dumped = holders;
	}

	/**
	 * Joins the findings of one tick.
	 * @param containers what {@link ContainerGrowth} has found
	 * @param classes what {@link ClassGrowth} has found
	 * @param gauges what is watched as one number, or is there against expectation
	 * @param heap what the live heap says, {@code null} where it does not grow
	 * @return the suspicions, the likeliest first
	 */
	public List<Joined> join(List<Finding> containers, List<Finding> classes, List<Finding> gauges,
			@Nullable HeapEvidence heap) {
		List<Finding> containersLeft = new ArrayList<>(containers);
		List<Finding> classesLeft = new ArrayList<>(classes);
		List<Suspicion> suspicions = new ArrayList<>();
		for (Finding gauge : gauges) {
			Suspicion suspicion = ofGauge(gauge, containersLeft, classesLeft);
			if (suspicion.container != null || gauge.confidence() > 0) {
				suspicions.add(suspicion);
			}
		}
		for (Finding container : containersLeft) {
			suspicions.add(new Suspicion(container, Belonging.kindOf(container)));
		}
		for (Finding grown : classesLeft) {
			if ((heap != null || grown.holder() != null || isOfApplication(grown)) && !isExplained(grown, suspicions)) {
				suspicions.add(alsoWithoutHolder(grown));
			}
		}
		suspicions.sort(this.likeliestFirst);
		if (heap != null) {
			suspicions.stream()
				.filter((each) -> each.kind == SuspectKind.HEAP && each.container != null)
				.findFirst()
				.ifPresent((first) -> first.agrees(heap));
		}
		confirm(suspicions);
		suspicions.forEach(this::compareWithDump);
		suspicions.sort(this.likeliestFirst);
		return suspicions.stream().map(Suspicion::toJoined).toList();
	}

	/**
	 * What libraries have comes and goes in long waves: without a holder or a heap that
	 * grows with it, it is not worth a look.
	 */
	private boolean isOfApplication(Finding grown) {
		String className = grown.className();
		return className != null && ClassOrigin.of(className, this.applicationPackages) == ClassOrigin.APPLICATION;
	}

	/**
	 * Threads, classes, buffers and the like, with the containers that keep them and the
	 * objects that they are made of, or that come with them.
	 */
	private static Suspicion ofGauge(Finding gauge, List<Finding> containers, List<Finding> classes) {
		Suspicion suspicion = alsoWithoutHolder(gauge);
		List<Finding> same = new ArrayList<>(
				containers.stream().filter((each) -> Belonging.isSame(gauge, each)).toList());
		containers.removeAll(same);
		// Those with a fitting name before those that merely keep pace.
		same.sort(Comparator.comparing((each) -> !Belonging.keeps(gauge.kind(), each)));
		if (!same.isEmpty()) {
			suspicion.isKeptBy(same.remove(0));
		}
		same.forEach(suspicion::absorb);
		List<Finding> objects = classes.stream()
			.filter((each) -> Belonging.keeps(gauge.kind(), each) || Belonging.isOfSameClass(gauge, each)
					|| keepsPace(each.growthPerMinute(), gauge, SAME_PACE_OF_GAUGE))
			.toList();
		classes.removeAll(objects);
		for (Finding each : objects) {
			if (suspicion.container == null && each.holder() != null) {
				suspicion.isKeptBy(each);
			}
			else {
				suspicion.absorb(each);
			}
		}
		return suspicion;
	}

	/** One whose holder was found meanwhile was told without it before. */
	private static Suspicion alsoWithoutHolder(Finding finding) {
		Suspicion suspicion = new Suspicion(finding, finding.kind());
		if (finding.holder() != null) {
			suspicion.parts.add(finding.withHolder(null));
		}
		return suspicion;
	}

	/** Whether a class is what some container keeps, or the heap as a whole. */
	private boolean isExplained(Finding grown, List<Suspicion> suspicions) {
		List<Suspicion> containers = suspicions.stream().filter((each) -> each.container != null).toList();
		if (grown.className() == null) {
			// The heap as a whole: told with the likeliest, where there is any.
			containers.stream().findFirst().ifPresent((each) -> each.parts.add(grown));
			return !containers.isEmpty();
		}
		boolean explained = false;
		for (Suspicion each : containers) {
			Finding container = each.container;
			if (container != null && (grown.className().equals(container.className())
					|| keepsPace(grown.growthPerMinute(), container, SAME_PACE_OF_CLASS))) {
				each.agrees(grown, this.applicationPackages);
				explained = true;
			}
		}
		return explained;
	}

	/** Whether a class of some pace may be the entries of a container. */
	static boolean keepsPace(double pace, Finding other) {
		return keepsPace(pace, other, SAME_PACE_OF_CLASS);
	}

	private static boolean keepsPace(@Nullable Double pace, Finding other, double tolerance) {
		Double otherPace = other.growthPerMinute();
		return pace != null && otherPace != null && Pace.isSame(pace, otherPace, MOST_OBJECTS_OF_AN_ENTRY, tolerance);
	}

	/** What a heap dump says of the holder. */
	private void compareWithDump(Suspicion suspicion) {
		String holder = suspicion.lead.holder();
		DumpedHolder found = (this.dumped != null && holder != null) ? this.dumped.at(holder) : null;
		if (found != null) {
			suspicion.agrees(found);
		}
	}

	private void confirm(List<Suspicion> suspicions) {
		Map<String, Held> now = new HashMap<>();
		for (Suspicion suspicion : suspicions) {
			Finding container = suspicion.container;
			if (container != null) {
				String id = Suspect.fingerprint(container);
				Held held = this.held.getOrDefault(id, new Held(0, 0))
					.next(suspicion.severity != Severity.WATCH, suspicion.agreed);
				now.put(id, held);
				if (held.agreed >= TICKS_OF_AGREEMENT || held.probable >= TICKS_ALONE) {
					suspicion.severity = Severity.CONFIRMED;
				}
			}
		}
		// What is not found for a tick or two is not forgotten at once.
		this.held.forEach((id, held) -> {
			Held later = held.next(false, false);
			if (later.probable > 0) {
				now.putIfAbsent(id, later);
			}
		});
		this.held = now;
	}

	private ClassOrigin origin(Suspicion suspicion) {
		String className = suspicion.lead.className();
		String holder = suspicion.lead.holder();
		ClassOrigin byClass = (className != null) ? ClassOrigin.of(className, this.applicationPackages)
				: ClassOrigin.JDK;
		ClassOrigin byHolder = (holder != null)
				? ClassOrigin.of(HolderPath.of(holder).declaringClass(), this.applicationPackages) : ClassOrigin.JDK;
		return (byClass.compareTo(byHolder) < 0) ? byClass : byHolder;
	}

	/**
	 * For how many ticks a suspicion has been probable, and another signal has agreed.
	 * One tick without halves each, instead of ending it.
	 */
	private record Held(int probable, int agreed) {

		Held next(boolean isProbable, boolean agrees) {
			return new Held(isProbable ? this.probable + 1 : this.probable / 2,
					(isProbable && agrees) ? this.agreed + 1 : this.agreed / 2);
		}

	}

}
