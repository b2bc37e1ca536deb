package io.leakwatch.core.profile;

import java.util.regex.Pattern;

import io.leakwatch.heap.profile.StableName;
import io.leakwatch.heap.profile.Steps;
import org.jspecify.annotations.Nullable;

/**
 * A step of a chain below what it begins with, told by classes and fields alone, so that
 * it is the same one in many chains.
 *
 * @param owner the class of the object that refers
 * @param field its field, empty for a slot of an array, a question mark where unknown
 * @param className the class of the object that is referred to
 */
record HolderStep(String owner, String field, String className) {

	/** The name of a field that the JVM tells wrongly. */
	private static final String UNKNOWN = "?";

	/** Whose fields are nobody's business but their own. */
	private static final Pattern CONTAINER = Pattern.compile("""
			java\\.util\\.(concurrent\\.)?\\w*(List|Map|Set|Deque|Vector|Queue|Hashtable|Stack)(\\$.*)?
			|java\\.util\\.(Immutable)?Collections\\$.*
			|java\\.lang\\.ThreadLocal\\$.*
			|(com\\.github\\.benmanes|io\\.leakwatch\\.internal)\\.caffeine\\..*
			|com\\.google\\.common\\.(cache|collect)\\..*""", Pattern.COMMENTS);

	static HolderStep of(ChainStep referring, ChainStep referred) {
		boolean ofThread = referring.threadName() != null && isThreadLocals(referred.field());
		String owner = ofThread ? "java.lang.Thread" : StableName.ofClass(referring.className());
		String field = isMistaken(referring, referred) ? UNKNOWN : referred.field();
		return new HolderStep(owner, (field != null) ? field : "", StableName.ofClass(referred.className()));
	}

	boolean isSlot() {
		return this.field.isEmpty();
	}

	/** Whether it leads from one link of a chain to the next. */
	boolean isLink() {
		return !isSlot() && this.owner.equals(this.className);
	}

	/** Whether it is inside a container, whose own field is meant. */
	boolean isInside() {
		return isSlot() || isLink() || isContainer(this.owner);
	}

	/** Whether an application or a library has named it. */
	boolean isNamedByApplication() {
		return !isSlot() && !Steps.isJdk(this.owner);
	}

	boolean isOfThread() {
		return this.owner.equals("java.lang.Thread");
	}

	String inWords() {
		return isSlot() ? "[*] (" + this.className + ")"
				: "%s.%s (%s)".formatted(this.owner, this.field, this.className);
	}

	static boolean isContainer(String className) {
		return className.startsWith("[") || CONTAINER.matcher(className).matches();
	}

	/**
	 * The JVM looks a field up by its offset, and finds static ones of the class before
	 * those that it inherits.
	 */
	private static boolean isMistaken(ChainStep referring, ChainStep referred) {
		return referred.isStatic() && referring.namedClass() == null;
	}

	static boolean isThreadLocals(@Nullable String field) {
		return "threadLocals".equals(field) || "inheritableThreadLocals".equals(field);
	}

}
