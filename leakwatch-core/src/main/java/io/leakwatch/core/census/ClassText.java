package io.leakwatch.core.census;

import io.leakwatch.heap.profile.PrintableName;
import io.leakwatch.heap.profile.StableName;

/**
 * What a person calls a class: of a subclass that a proxy generator made, the class it
 * extends; of an array, its elements' class and brackets; the same in each run of the
 * program.
 */
final class ClassText {

	private static final int MAXIMUM_LENGTH = 300;

	private ClassText() {
	}

	static String name(Class<?> type) {
		if (type.isArray()) {
			return name(type.getComponentType()) + "[]";
		}
		Class<?> named = type;
		Class<?> superclass = type.getSuperclass();
		while (named.getName().contains("CGLIB$$") && superclass != null && superclass != Object.class) {
			named = superclass;
			superclass = named.getSuperclass();
		}
		return PrintableName.of(StableName.ofClass(named.getName()), MAXIMUM_LENGTH);
	}

}
