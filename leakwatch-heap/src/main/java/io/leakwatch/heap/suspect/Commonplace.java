package io.leakwatch.heap.suspect;

import java.util.List;

import io.leakwatch.heap.profile.PathTree;
import io.leakwatch.heap.profile.Steps;

/**
 * What every healthy JVM and Spring service has much of: what describes the code. Known
 * by the packages that load, look into and describe classes, as nearest owners of a place
 * or as what piles up in it, and by kinds of root. A place that a field of an application
 * or library owns is theirs, whatever leads there. Places of the JDK where applications
 * do leave things (shutdown hooks, files to delete, thread locals, cleaners, finalizers,
 * queues) are in none of the packages.
 */
final class Commonplace {

	private static final double OF_EVERY_SERVICE = 0.05;

	private static final double OF_A_DATABASE = 0.25;

	/** Loading, modules, reflection, archives, locales, security providers. */
	private static final List<String> JDK = List.of("java.lang.ClassLoader", "java.lang.Module",
			"java.lang.NamedPackage", "java.lang.Package", "java.lang.Class.", "java.util.jar.",
			"java.util.zip.ZipFile", "java.util.ResourceBundle", "java.util.Locale", "java.net.URLClassLoader",
			"java.security.Provider", "com.sun.crypto.provider.", "java.nio.charset.", "jdk.internal.loader.",
			"jdk.internal.module.", "jdk.internal.reflect.", "jdk.internal.jimage.", "jdk.internal.jrtfs.",
			"sun.invoke.", "sun.launcher.", "sun.net.www.protocol.jar.", "sun.nio.cs.", "sun.reflect.",
			"sun.security.jca.", "sun.security.provider.", "sun.util.calendar.", "sun.util.cldr.", "sun.util.locale.",
			"sun.util.resources.");

	/** What describes the code wherever it piles up. */
	private static final List<String> DESCRIPTIONS = List.of("java.beans.", "java.lang.invoke.", "java.lang.module.",
			"java.lang.reflect.");

	/** What a container's and a class generator's own books are kept in. */
	private static final List<String> SERVICE = List.of("org.springframework.asm.", "org.springframework.beans.",
			"org.springframework.boot.loader.", "org.springframework.core.annotation.",
			"org.springframework.core.type.", "org.springframework.core.ResolvableType",
			"org.springframework.core.SerializableTypeWrapper", "org.springframework.util.ReflectionUtils",
			"org.springframework.util.ConcurrentReferenceHashMap");

	/**
	 * Databases that run in the process. What is in their tables was put there to stay,
	 * so in one heap much of it says little; it is not passed over, since tables leak
	 * too.
	 */
	private static final List<String> DATABASES = List.of("org.apache.derby.", "org.h2.", "org.hsqldb.");

	/** Loaders and reference kinds that nothing of an application hangs on. */
	private static final List<String> ROOTS = List.of("system class", "class loader 'bootstrap'",
			"class loader 'platform'", "class loader 'app'", "soft references");

	private Commonplace() {
	}

	/**
	 * How much of a place's bytes is to be wondered at.
	 * @param tree the tree of paths
	 * @param node the place
	 * @param entryClass the class of what piles up there
	 * @return 1, or less where every service has it
	 */
	static double weight(PathTree tree, int node, String entryClass) {
		if (startsWithAny(Steps.elementClass(entryClass), DESCRIPTIONS)) {
			return OF_EVERY_SERVICE;
		}
		for (int step = node; step != PathTree.HEAP; step = tree.parent(step)) {
			String field = tree.field(step);
			String declaring = Steps.declaringClass(field);
			if (step != node && isSingletons(field)) {
				return 1;
			}
			if (isMetadata(declaring) || isOfTheClassItself(field, declaring)) {
				return OF_EVERY_SERVICE;
			}
			if (Steps.isNamedByApplication(field)) {
				return 1;
			}
			boolean root = tree.parent(step) == PathTree.HEAP;
			if (root && (startsWithAny(field, ROOTS) || isInterned(tree, step))) {
				return OF_EVERY_SERVICE;
			}
		}
		return isInDatabase(tree, node) ? OF_A_DATABASE : 1;
	}

	private static boolean isInDatabase(PathTree tree, int node) {
		for (int step = node; step != PathTree.HEAP; step = tree.parent(step)) {
			if (startsWithAny(Steps.declaringClass(tree.field(step)), DATABASES)) {
				return true;
			}
		}
		return false;
	}

	/** The JDK's own loaders, of which reflection makes many. */
	static boolean isLoaderOfTheJdk(String className) {
		return className.startsWith("jdk.internal.") || className.startsWith("sun.");
	}

	private static boolean isMetadata(String className) {
		// With the dot a prefix can name a class and not those whose names go on.
		String name = className + ".";
		return startsWithAny(name, JDK) || startsWithAny(name, DESCRIPTIONS) || startsWithAny(name, SERVICE);
	}

	private static boolean startsWithAny(String name, List<String> prefixes) {
		return prefixes.stream().anyMatch(name::startsWith);
	}

	/** The JVM's own fields of a class, as its constant pool, are written in brackets. */
	private static boolean isOfTheClassItself(String field, String declaring) {
		return !declaring.isEmpty() && field.endsWith(">");
	}

	/** The beans themselves are the application's, whatever keeps them. */
	private static boolean isSingletons(String field) {
		return field.startsWith("org.springframework.beans.factory.support.DefaultSingletonBeanRegistry.");
	}

	/** The table of interned strings has them as roots without a name. */
	private static boolean isInterned(PathTree tree, int root) {
		return tree.field(root).startsWith("other root") && tree.className(root).equals("java.lang.String");
	}

}
