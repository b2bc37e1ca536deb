package io.leakwatch.heap.graph;

import org.jspecify.annotations.Nullable;

/**
 * What a heap dump tells of a class that matters for the size of its objects. Shapes are
 * compared by identity: there is one for each class of the dump.
 */
public final class ClassShape {

	private final String name;

	private final @Nullable ClassShape parent;

	private final FieldCounts fields;

	private final FieldCounts statics;

	/**
	 * Creates a shape.
	 * @param name binary name of the class, such as {@code com.acme.Order$Line}
	 * @param parent the super class, {@code null} for {@code java.lang.Object}
	 * @param fieldTypes HPROF basic types of the instance fields that the class itself
	 * declares
	 * @param staticTypes HPROF basic types of its static fields, without the ones that
	 * HotSpot makes up while dumping (their names begin with {@code <})
	 */
	public ClassShape(String name, @Nullable ClassShape parent, byte[] fieldTypes, byte[] staticTypes) {
		this.name = name;
		this.parent = parent;
		this.fields = FieldCounts.of(fieldTypes);
		this.statics = FieldCounts.of(staticTypes);
	}

	/**
	 * Returns the binary name of the class.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the super class.
	 * @return the super class, {@code null} for {@code java.lang.Object}
	 */
	public @Nullable ClassShape parent() {
		return this.parent;
	}

	FieldCounts fields() {
		return this.fields;
	}

	FieldCounts statics() {
		return this.statics;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
