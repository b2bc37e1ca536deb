package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.function.ToLongBiFunction;

import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.heap.profile.ClassCount;

/**
 * The bytes of an object, told by the newest snapshot: those of a mean instance of its
 * class. Of an array, by its elements.
 */
final class InstanceBytes implements ToLongBiFunction<String, Integer> {

	/** An object without fields, in most JVMs. */
	private static final long LEAST = 16;

	private static final int REFERENCE = 4;

	private final Snapshots snapshots;

	InstanceBytes(Snapshots snapshots) {
		this.snapshots = snapshots;
	}

	@Override
	public long applyAsLong(String className, Integer elements) {
		if (className.startsWith("[")) {
			return LEAST + (long) Math.max(0, elements) * bytesOfElement(className);
		}
		ClassCount known = this.snapshots.find("latest")
			.filter((snapshot) -> snapshot.isReady())
			.map((snapshot) -> this.snapshots.profile(snapshot).find(className))
			.orElse(null);
		return (known != null && known.count() > 0) ? known.shallowBytes() / known.count() : LEAST;
	}

	private static int bytesOfElement(String className) {
		return switch (className.charAt(1)) {
			case 'B', 'Z' -> Byte.BYTES;
			case 'C', 'S' -> Short.BYTES;
			case 'J', 'D' -> Long.BYTES;
			case 'I', 'F' -> Integer.BYTES;
			default -> REFERENCE;
		};
	}

}
