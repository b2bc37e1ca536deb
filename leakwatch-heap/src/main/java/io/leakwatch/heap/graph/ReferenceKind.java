package io.leakwatch.heap.graph;

/** How strongly the objects of a class hold their {@code referent}. */
public enum ReferenceKind {

	/** Every class that is no {@link java.lang.ref.Reference}. */
	STRONG,

	/** {@link java.lang.ref.SoftReference}: until memory is short. */
	SOFT,

	/** {@link java.lang.ref.WeakReference}: not at all. */
	WEAK,

	/** {@code java.lang.ref.FinalReference}: until {@code finalize} has run. */
	FINAL,

	/** {@link java.lang.ref.PhantomReference}: not at all. */
	PHANTOM;

	static ReferenceKind of(String className) {
		return switch (className) {
			case "java.lang.ref.SoftReference" -> SOFT;
			case "java.lang.ref.WeakReference" -> WEAK;
			case "java.lang.ref.FinalReference" -> FINAL;
			case "java.lang.ref.PhantomReference" -> PHANTOM;
			default -> STRONG;
		};
	}

}
