package io.leakwatch.core.census;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Sees through the proxies that Spring puts before beans, those of the JDK and generated
 * subclasses, by their fields alone: a target that is not there yet is not asked for.
 */
final class Proxies {

	private static final int MOST_STEPS = 16;

	/** The fields that lead from a proxy towards its target. */
	private static final Set<String> TOWARDS = Set.of("advised", "targetSource", "target");

	private final ObjectShapes shapes;

	Proxies(ObjectShapes shapes) {
		this.shapes = shapes;
	}

	/** The object and, where it is a proxy, what is behind it, the target last. */
	List<Object> behind(Object object) {
		List<Object> chain = new ArrayList<>(List.of(object));
		Object last = object;
		while (isProxy(last) && chain.size() < MOST_STEPS) {
			Object target = target(last);
			if (target == null || containsSame(chain, target)) {
				break;
			}
			chain.add(target);
			last = target;
		}
		return chain;
	}

	private static boolean isProxy(Object object) {
		return object.getClass().getName().contains("CGLIB$$") || Proxy.isProxyClass(object.getClass());
	}

	private @Nullable Object target(Object proxy) {
		List<Object> open = new ArrayList<>();
		if (Proxy.isProxyClass(proxy.getClass())) {
			open.add(Proxy.getInvocationHandler(proxy));
		}
		else {
			follow(proxy, "CGLIB$CALLBACK_", open);
		}
		for (int i = 0; i < open.size() && i < MOST_STEPS; i++) {
			Object step = open.get(i);
			for (FieldReader field : this.shapes.of(step.getClass()).fields()) {
				String name = field.field().getName();
				Object value = TOWARDS.contains(name) ? field.reference(step) : null;
				if (value != null && name.equals("target") && field.name().startsWith("org.springframework.")) {
					return value;
				}
				if (value != null && !(value instanceof Object[]) && !containsSame(open, value)) {
					open.add(value);
				}
			}
		}
		return null;
	}

	private void follow(Object proxy, String prefix, List<Object> open) {
		for (FieldReader field : this.shapes.of(proxy.getClass()).fields()) {
			Object value = field.field().getName().startsWith(prefix) ? field.reference(proxy) : null;
			if (value != null && !(value instanceof Object[])) {
				open.add(value);
			}
		}
	}

	private static boolean containsSame(List<Object> objects, Object object) {
		for (Object each : objects) {
			if (each == object) {
				return true;
			}
		}
		return false;
	}

}
