package io.leakwatch.core.census;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.core.signal.ThreadCensus;
import org.jspecify.annotations.Nullable;

/**
 * What live platform threads hold: their thread locals and what they run, where these can
 * be read, and the fields that a subclass of {@link Thread} declares.
 */
final class ThreadRoots {

	private static final List<String> FIELDS = List.of("threadLocals", "inheritableThreadLocals", "target", "holder");

	private final ThreadCensus threads = new ThreadCensus();

	private final List<FieldReader> ofEachThread = new ArrayList<>();

	ThreadRoots() {
		for (String name : FIELDS) {
			FieldReader reader = reader(name);
			if (reader != null) {
				this.ofEachThread.add(reader);
			}
		}
	}

	private static @Nullable FieldReader reader(String name) {
		try {
			Field field = Thread.class.getDeclaredField(name);
			return FieldReader.of(field);
		}
		catch (NoSuchFieldException ex) {
			// Of another version of the JDK.
			return null;
		}
	}

	/** Begins at each live thread, except the one that does so. */
	void begin(Walk walk, ObjectShapes shapes) {
		Map<String, Integer> groups = new HashMap<>();
		this.threads.forEach((group, thread) -> {
			if (thread == Thread.currentThread()) {
				return;
			}
			int path = groups.computeIfAbsent(group, (name) -> walk.root("thread group '" + name + "'"));
			if (path == HolderPaths.NONE) {
				return;
			}
			for (FieldReader field : this.ofEachThread) {
				begin(walk, path, thread, field);
			}
			for (FieldReader field : shapes.ofThread(thread.getClass())) {
				begin(walk, path, thread, field);
			}
		});
	}

	private static void begin(Walk walk, int path, Thread thread, FieldReader field) {
		Object value = field.reference(thread);
		if (value != null) {
			int child = walk.paths().child(path, field, field.field().getDeclaringClass());
			if (child != HolderPaths.NONE) {
				walk.reached(value, child, thread, field);
			}
		}
	}

}
