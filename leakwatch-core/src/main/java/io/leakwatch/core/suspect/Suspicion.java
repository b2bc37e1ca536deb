package io.leakwatch.core.suspect;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A suspicion while it is being put together from findings.
 */
final class Suspicion {

	final List<Finding> parts = new ArrayList<>();

	final SuspectKind kind;

	/** What it is told as. */
	Finding lead;

	Severity severity;

	/** The container that shows it, {@code null} for none. */
	@Nullable Finding container;

	/** Whether another signal shows the same as the container. */
	boolean agreed;

	private final List<Evidence> evidence = new ArrayList<>();

	private @Nullable Long retainedBytes;

	Suspicion(Finding lead, SuspectKind kind) {
		this.lead = lead;
		this.kind = kind;
		this.severity = lead.severity();
		// Only a container is found with a holder below its root.
		this.container = isContainer(lead) ? lead : null;
		this.evidence.addAll(lead.evidence());
	}

	static boolean isContainer(Finding finding) {
		return finding.evidence().stream().anyMatch((each) -> each.signal().equals(HolderFinding.SIGNAL));
	}

	/** Takes the container that keeps what grows here. */
	void isKeptBy(Finding keeper) {
		Finding gauge = this.lead;
		boolean hasHolder = gauge.kind() == SuspectKind.THREAD;
		this.lead = new Finding(gauge.kind(), gauge.severity(), Math.max(gauge.confidence(), keeper.confidence()),
				gauge.title()
						+ ((gauge.kind() == SuspectKind.NATIVE_MEMORY) ? "; with it grows " : "; with them grows ")
						+ keeper.holder(),
				hasHolder ? gauge.className() : keeper.className(), hasHolder ? gauge.holder() : keeper.holder(),
				(gauge.count() != null) ? gauge.count() : keeper.count(),
				(gauge.growthPerMinute() != null) ? gauge.growthPerMinute() : keeper.growthPerMinute(),
				gauge.bytesPerMinute(), gauge.evidence(), gauge.advice());
		this.container = keeper;
		this.agreed = true;
		// It may have been told without a holder before.
		this.parts.add(gauge);
		absorb(keeper);
	}

	/** Takes another finding that shows the same. */
	void absorb(Finding other) {
		this.parts.add(other);
		this.evidence.addAll(other.evidence());
		if (other.severity().compareTo(this.severity) > 0) {
			this.severity = other.severity();
		}
	}

	/** Takes what the histograms say of the container's elements. */
	void agrees(Finding grown, List<String> applicationPackages) {
		Finding before = this.lead;
		String className = before.className();
		boolean names = this.kind == SuspectKind.HEAP
				&& (className == null || ClassOrigin.of(className, applicationPackages) == ClassOrigin.JDK);
		if (names) {
			// With another class it has another fingerprint.
			this.parts.add(before);
		}
		this.lead = new Finding(before.kind(), before.severity(), before.confidence(), before.title(),
				names ? grown.className() : className, before.holder(), before.count(), before.growthPerMinute(),
				(before.bytesPerMinute() != null) ? before.bytesPerMinute() : grown.bytesPerMinute(), before.evidence(),
				before.advice());
		this.agreed = true;
		absorb(grown);
	}

	/** Takes what the live heap says. */
	void agrees(HeapEvidence heap) {
		this.agreed = true;
		Evidence told = heap.toEvidence();
		if (!this.evidence.contains(told)) {
			this.evidence.add(told);
		}
	}

	/** Takes what a heap dump says of its holder. */
	void agrees(DumpedHolder dumped) {
		this.retainedBytes = dumped.retainedBytes();
		Evidence told = dumped.toEvidence();
		if (!this.evidence.contains(told)) {
			this.evidence.add(told);
		}
		if (dumped.grows(this.lead.growthPerMinute())) {
			this.severity = (this.severity == Severity.WATCH) ? Severity.PROBABLE : Severity.CONFIRMED;
		}
	}

	double bytesPerMinute() {
		Double bytes = this.lead.bytesPerMinute();
		return (bytes != null) ? bytes : 0;
	}

	double growthPerMinute() {
		Double growth = this.lead.growthPerMinute();
		return (growth != null) ? growth : 0;
	}

	Joined toJoined() {
		Finding told = this.lead;
		return new Joined(new Finding(this.kind, this.severity, told.confidence(), told.title(), told.className(),
				told.holder(), told.count(), told.growthPerMinute(), told.bytesPerMinute(), this.retainedBytes,
				List.copyOf(this.evidence), told.advice()), List.copyOf(this.parts));
	}

}
