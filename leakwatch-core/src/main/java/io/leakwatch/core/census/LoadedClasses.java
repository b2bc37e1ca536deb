package io.leakwatch.core.census;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.leakwatch.core.signal.DiagnosticCommand;
import org.jspecify.annotations.Nullable;

/**
 * The names of the classes that are loaded, and which of them are initialised, as the
 * JVM's diagnostic commands list them. To list them stops the application: 20 to 30 ms
 * with some ten thousand classes, so this is done seldom.
 */
final class LoadedClasses {

	private static final String HIERARCHY = "vmClassHierarchy";

	private static final String STATES = "vmClasses";

	private final @Nullable MethodHandle shouldBeInitialized = shouldBeInitialized();

	/** Of JDK 17 and 21; later ones list the states instead. */
	private static @Nullable MethodHandle shouldBeInitialized() {
		try {
			Object unsafe = RawMemory.unsafe();
			return MethodHandles.publicLookup()
				.findVirtual(unsafe.getClass(), "shouldBeInitialized",
						MethodType.methodType(boolean.class, Class.class))
				.bindTo(unsafe);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * The classes by their loader.
	 * @return names by what the JVM writes for the loader: {@code null} for that of the
	 * JDK, an address for each other; none where the JVM lists none
	 */
	Map<String, List<String>> byLoader() {
		Map<String, List<String>> classes = new HashMap<>();
		for (String line : run(HIERARCHY).split("\n", -1)) {
			int start = line.lastIndexOf("|--") + 3;
			int end = line.indexOf(' ', start);
			String entry = (start < 3) ? "" : line.substring(start, (end < 0) ? line.length() : end).strip();
			int slash = entry.lastIndexOf('/');
			// A second slash is that of a hidden class, which nobody can look up.
			if (slash > 0 && entry.indexOf('/') == slash) {
				classes.computeIfAbsent(entry.substring(slash + 1), (loader) -> new ArrayList<>())
					.add(entry.substring(0, slash));
			}
		}
		return classes;
	}

	/**
	 * Tells whether a loaded class is initialised, as far as that is known without doubt.
	 */
	Predicate<Class<?>> initialized() {
		MethodHandle should = this.shouldBeInitialized;
		if (should != null) {
			return (type) -> isInitialized(should, type);
		}
		Set<String> initialized = new HashSet<>();
		Set<String> others = new HashSet<>();
		for (String line : run(STATES).split("\n", -1)) {
			// Address, size, state, flags where there are any, name.
			String[] columns = line.strip().split("\\s+", -1);
			if (columns.length >= 4 && columns[0].startsWith("0x")) {
				boolean done = columns[2].equals("fully_initialized");
				(done ? initialized : others).add(columns[columns.length - 1]);
			}
		}
		initialized.removeAll(others);
		return (type) -> initialized.contains(type.getName());
	}

	private static boolean isInitialized(MethodHandle should, Class<?> type) {
		try {
			return !(boolean) should.invoke(type);
		}
		catch (RuntimeException ex) {
			return false;
		}
		catch (Throwable ex) {
			if (ex instanceof Error error) {
				throw error;
			}
			return false;
		}
	}

	/** Of another JVM, or another version of it, there are no static fields then. */
	private static String run(String command) {
		String answer = DiagnosticCommand.run(command);
		return (answer != null) ? answer : "";
	}

}
