package io.leakwatch.heap.graph;

import org.jspecify.annotations.Nullable;

/**
 * Shapes of classes, their fields written as in class files: {@code ZBCSIFJD} are
 * primitive types, {@code L} is a reference.
 */
final class Shapes {

	private static final String TYPES = "..L.ZCFDBSIJ";

	static final ClassShape OBJECT = new ClassShape("java.lang.Object", null, new byte[0], new byte[0]);

	private Shapes() {
	}

	static ClassShape shape(String name, @Nullable ClassShape parent, String fields) {
		return shape(name, parent, fields, "");
	}

	static ClassShape shape(String name, @Nullable ClassShape parent, String fields, String statics) {
		return new ClassShape(name, (parent != null) ? parent : OBJECT, types(fields), types(statics));
	}

	static byte type(char letter) {
		return (byte) TYPES.indexOf(letter);
	}

	private static byte[] types(String letters) {
		byte[] types = new byte[letters.length()];
		for (int i = 0; i < types.length; i++) {
			types[i] = type(letters.charAt(i));
		}
		return types;
	}

}
