package io.leakwatch.core.profile;

import java.util.List;
import java.util.Set;

import io.leakwatch.core.suspect.ClassOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Picks of a stack the line that a developer wants to see: the innermost one of the
 * application, else of a library. What an object allocates in its constructor is
 * allocated by who made the object.
 */
final class SiteFinder {

	/** Passed through by code of the application, which is meant then. */
	private static final String[] PASSED_THROUGH = { "io.leakwatch.core.bound.", "io.leakwatch.internal." };

	private final List<String> applicationPackages;

	SiteFinder(List<String> applicationPackages) {
		this.applicationPackages = List.copyOf(applicationPackages);
	}

	/**
	 * The line that is told of a stack.
	 * @param stack the innermost line first
	 * @param classes what is asked for: whatever was allocated while one of these was
	 * made is taken to be a part of it
	 * @return the line, {@code null} where the stack has none outside the JDK, or is
	 * LeakWatch's own
	 */
	@Nullable CodeLine find(List<CodeLine> stack, Set<String> classes) {
		if (isOwn(stack)) {
			return null;
		}
		int constructor = constructor(stack, classes);
		CodeLine site = (constructor >= 0) ? nearest(stack.subList(constructor, stack.size())) : null;
		return (site != null) ? site : nearest(stack);
	}

	/** Whether one of the classes was being made. */
	static boolean constructs(List<CodeLine> stack, Set<String> classes) {
		return constructor(stack, classes) >= 0;
	}

	private static int constructor(List<CodeLine> stack, Set<String> classes) {
		for (int i = 0; i < stack.size(); i++) {
			if (stack.get(i).isConstructor() && classes.contains(stack.get(i).className())) {
				return i;
			}
		}
		return -1;
	}

	private @Nullable CodeLine nearest(List<CodeLine> stack) {
		CodeLine application = nearest(stack, ClassOrigin.APPLICATION);
		return (application != null) ? application : nearest(stack, ClassOrigin.LIBRARY);
	}

	private @Nullable CodeLine nearest(List<CodeLine> stack, ClassOrigin origin) {
		CodeLine made = null;
		boolean inConstructor = false;
		for (CodeLine line : stack) {
			boolean matches = origin(line) == origin && line.isSource();
			if (matches && !line.isConstructor() && (made == null || inConstructor)) {
				return line;
			}
			if (made != null && !line.isConstructor()) {
				// Another's code has made the object: its constructor tells more.
				return made;
			}
			if (matches && made == null) {
				made = line;
			}
			inConstructor = line.isConstructor();
		}
		return made;
	}

	/** Whether LeakWatch has allocated it for itself. */
	static boolean isOwn(List<CodeLine> stack) {
		for (CodeLine line : stack) {
			if (isOwn(line.className())) {
				return true;
			}
			ClassOrigin origin = ClassOrigin.of(line.className(), List.of());
			if (origin != ClassOrigin.JDK && origin != ClassOrigin.LEAKWATCH) {
				return false;
			}
		}
		return false;
	}

	/** Whether a class is LeakWatch's, and has nothing of the application. */
	static boolean isOwn(String className) {
		if (ClassOrigin.of(className, List.of()) != ClassOrigin.LEAKWATCH) {
			return false;
		}
		for (String prefix : PASSED_THROUGH) {
			if (className.startsWith(prefix)) {
				return false;
			}
		}
		return true;
	}

	private ClassOrigin origin(CodeLine line) {
		return ClassOrigin.of(line.className(), this.applicationPackages);
	}

}
