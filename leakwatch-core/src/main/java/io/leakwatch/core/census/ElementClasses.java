package io.leakwatch.core.census;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tells of which class most elements are: of the values, or of the keys where the values
 * are of the JDK and the keys are not.
 */
final class ElementClasses implements ContainerReader.Entries {

	private final ObjectShapes shapes;

	private final Map<Class<?>, Integer> keys = new HashMap<>();

	private final Map<Class<?>, Integer> values = new HashMap<>();

	ElementClasses(ObjectShapes shapes) {
		this.shapes = shapes;
	}

	@Override
	public void entry(@Nullable Object key, @Nullable Object value) {
		if (key != null) {
			this.keys.merge(key.getClass(), 1, Integer::sum);
		}
		if (value != null) {
			this.values.merge(inner(value).getClass(), 1, Integer::sum);
		}
	}

	/** What a container's own node has in it. */
	private Object inner(Object value) {
		if (value instanceof Object[]) {
			return value;
		}
		ObjectShape shape = this.shapes.of(value.getClass());
		if (shape.way() == ObjectShape.Way.ENTRY) {
			for (FieldReader each : shape.fields()) {
				String name = each.field().getName();
				Object inner = (name.equals("value") || name.equals("item") || name.equals("val"))
						? each.reference(value) : null;
				if (inner != null) {
					return inner;
				}
			}
		}
		return value;
	}

	@Nullable Class<?> most() {
		Class<?> value = most(this.values);
		Class<?> key = most(this.keys);
		boolean byKey = key != null && !ObjectShapes.isJdk(key) && (value == null || ObjectShapes.isJdk(value));
		return byKey ? key : (value != null) ? value : key;
	}

	private static @Nullable Class<?> most(Map<Class<?>, Integer> counts) {
		Class<?> most = null;
		int count = 0;
		for (Map.Entry<Class<?>, Integer> each : counts.entrySet()) {
			if (each.getValue() > count) {
				most = each.getKey();
				count = each.getValue();
			}
		}
		return most;
	}

}
