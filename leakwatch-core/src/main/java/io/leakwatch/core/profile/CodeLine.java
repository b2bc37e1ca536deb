package io.leakwatch.core.profile;

import io.leakwatch.heap.profile.StableName;

/**
 * A line of code in a stack.
 *
 * @param className the class
 * @param method the method, {@code <init>} for a constructor
 * @param line the line, not positive where unknown
 */
record CodeLine(String className, String method, int line) {

	private static final String CONSTRUCTOR = "<init>";

	/** What classes that were made while running have in their names. */
	private static final String[] GENERATED = { "$$", "/0x", "$Proxy", ".GeneratedMethodAccessor" };

	boolean isConstructor() {
		return this.method.equals(CONSTRUCTOR);
	}

	boolean isConstructorOf(String type) {
		return isConstructor() && this.className.equals(type);
	}

	/** Whether a developer can look the line up. */
	boolean isSource() {
		if (this.line <= 0) {
			return false;
		}
		for (String mark : GENERATED) {
			if (this.className.contains(mark)) {
				return false;
			}
		}
		return true;
	}

	/** The line as a stack trace has it, {@code com.acme.Shop.add(Shop.java:41)}. */
	String inWords() {
		return "%s.%s(%s:%d)".formatted(this.className, this.method, file(), this.line);
	}

	/** The line as profiles have it, with the file in the folder of its package. */
	StackLine inProfile() {
		// What differs from run to run would be another function in each.
		CodeLine stable = new CodeLine(StableName.ofClass(this.className), this.method, this.line);
		int dot = stable.className.lastIndexOf('.');
		String folder = (dot > 0) ? stable.className.substring(0, dot).replace('.', '/') + "/" : "";
		return new StackLine(stable.className + "." + this.method, folder + stable.file(), this.line);
	}

	/**
	 * Flight Recorder does not tell the file: it is what the compilers of Java and, for
	 * functions outside a class, of Kotlin make of the class's name.
	 */
	private String file() {
		String outermost = this.className.substring(this.className.lastIndexOf('.') + 1);
		int nested = outermost.indexOf('$', 1);
		if (nested > 0) {
			outermost = outermost.substring(0, nested);
		}
		boolean functions = outermost.endsWith("Kt") && outermost.length() > 2;
		return functions ? outermost.substring(0, outermost.length() - 2) + ".kt" : outermost + ".java";
	}

}
