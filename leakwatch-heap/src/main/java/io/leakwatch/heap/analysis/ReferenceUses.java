package io.leakwatch.heap.analysis;

import java.util.List;

import io.leakwatch.heap.graph.ReferenceKind;

/**
 * The soft, weak, phantom and final references of a heap, cleaners among them, and the
 * queues they wait in.
 *
 * @param references the references by kind and classes, the most first
 * @param queues the longest queues, of some dozens at most
 */
public record ReferenceUses(List<ReferenceUse> references, List<ReferenceQueueUse> queues) {

	/**
	 * Copies the lists.
	 * @param references the references by kind and classes
	 * @param queues the longest queues
	 */
	public ReferenceUses {
		references = List.copyOf(references);
		queues = List.copyOf(queues);
	}

	/**
	 * How many objects wait for their {@code finalize} method to be called.
	 * @return a count of objects
	 */
	public long pendingFinalizers() {
		return this.references.stream()
			.filter((use) -> use.kind() == ReferenceKind.FINAL)
			.mapToLong(ReferenceUse::enqueuedCount)
			.sum();
	}

}
