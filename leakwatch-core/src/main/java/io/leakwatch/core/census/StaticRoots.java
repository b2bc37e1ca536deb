package io.leakwatch.core.census;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The classes whose static fields are roots: initialised ones that are not the JDK's, and
 * a few of the JDK that collect what others give them. No class is loaded or initialised
 * for it: a name is looked up only in the loader that has defined it, where the JVM finds
 * the class without asking the loader. Classes are weakly held.
 */
final class StaticRoots {

	private static final String JDK_LOADER = "null";

	/** Where the JDK keeps what it is given, until the end. */
	private static final Set<String> OF_JDK = Set.of("java.io.DeleteOnExitHook", "java.lang.ApplicationShutdownHooks",
			"java.sql.DriverManager", "java.util.logging.LogManager", "java.util.logging.Level$KnownLevel",
			"java.beans.ThreadGroupContext", "java.lang.ref.Finalizer", "jdk.internal.ref.Cleaner",
			"java.util.TimeZone", "java.util.Timer");

	private final ObjectShapes shapes;

	private final LoadedClasses loaded = new LoadedClasses();

	private List<WeakReference<Class<?>>> classes = List.of();

	private List<WeakReference<Class<?>>> jdkClasses = List.of();

	StaticRoots(ObjectShapes shapes) {
		this.shapes = shapes;
	}

	/**
	 * Lists the classes anew.
	 * @param known classes of objects, by which loaders are recognised
	 */
	void refresh(List<Class<?>> known) {
		Map<String, List<String>> byLoader = this.loaded.byLoader();
		Predicate<Class<?>> initialized = this.loaded.initialized();
		Map<String, ClassLoader> loaders = loaders(byLoader, known);
		List<Class<?>> found = new ArrayList<>();
		List<Class<?>> ofJdk = new ArrayList<>();
		byLoader.forEach((address, names) -> {
			ClassLoader loader = loaders.get(address);
			for (String name : names) {
				if (address.equals(JDK_LOADER) ? OF_JDK.contains(name) : loader != null && !ObjectShapes.isOwn(name)) {
					Class<?> type = loadedClass(name, loader);
					if (type != null && (address.equals(JDK_LOADER) || !ObjectShapes.isJdk(type))
							&& initialized.test(type)) {
						(address.equals(JDK_LOADER) ? ofJdk : found).add(type);
					}
				}
			}
		});
		this.classes = sorted(found);
		this.jdkClasses = sorted(ofJdk);
	}

	private static @Nullable Class<?> loadedClass(String name, @Nullable ClassLoader loader) {
		try {
			Class<?> type = Class.forName(name, false, loader);
			return (type.getClassLoader() == loader) ? type : null;
		}
		catch (ClassNotFoundException | LinkageError | RuntimeException ex) {
			// Unloaded meanwhile.
			return null;
		}
	}

	/**
	 * The loaders by what the JVM writes for them, told by classes that are known to be
	 * of a loader: by one whose name occurs once, or whose other occurrences are of
	 * loaders that are told already.
	 */
	private static Map<String, ClassLoader> loaders(Map<String, List<String>> byLoader, List<Class<?>> known) {
		Map<String, List<String>> addresses = new HashMap<>();
		byLoader.forEach((address, names) -> names
			.forEach((name) -> addresses.computeIfAbsent(name, (key) -> new ArrayList<>(1)).add(address)));
		Map<String, ClassLoader> loaders = new HashMap<>();
		Set<ClassLoader> told = Collections.newSetFromMap(new IdentityHashMap<>());
		int before = -1;
		while (told.size() > before) {
			before = told.size();
			for (Class<?> type : known) {
				ClassLoader loader = type.getClassLoader();
				if (loader != null && !told.contains(loader)) {
					List<String> possible = new ArrayList<>(addresses.getOrDefault(type.getName(), List.of()));
					possible.removeIf(loaders::containsKey);
					if (possible.size() == 1) {
						loaders.put(possible.get(0), loader);
						told.add(loader);
					}
				}
			}
		}
		return loaders;
	}

	/** In an order that is the same each time. */
	private List<WeakReference<Class<?>>> sorted(List<Class<?>> types) {
		types.sort(Comparator.comparing(Class::getName));
		List<WeakReference<Class<?>>> references = new ArrayList<>(types.size());
		for (Class<?> type : types) {
			if (!this.shapes.statics(type).isEmpty()) {
				references.add(new WeakReference<>(type));
			}
		}
		return references;
	}

	/** The classes of the application and of libraries. */
	List<WeakReference<Class<?>>> classes() {
		return this.classes;
	}

	/** The classes of the JDK. */
	List<WeakReference<Class<?>>> jdkClasses() {
		return this.jdkClasses;
	}

}
