package io.leakwatch.autoconfigure.operation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

import io.leakwatch.core.operation.MeasureAllocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The methods that are annotated with {@link MeasureAllocation}, themselves or by their
 * class. Classes of well-known libraries have none and are not looked into, so that the
 * start takes no longer.
 */
final class MeasuredMethods extends StaticMethodMatcherPointcut {

	private static final List<String> LIBRARIES = List.of("java.", "javax.", "jakarta.", "jdk.", "sun.",
			"org.springframework.", "org.apache.", "org.hibernate.", "io.micrometer.", "io.netty.", "reactor.",
			"com.zaxxer.", "com.fasterxml.", "tools.jackson.");

	MeasuredMethods() {
		setClassFilter(MeasuredMethods::mayHaveSome);
	}

	/** Final classes cannot be proxied by a subclass: they are left as they are. */
	static boolean mayHaveSome(Class<?> type) {
		return !Modifier.isFinal(type.getModifiers()) && !type.isSealed()
				&& LIBRARIES.stream().noneMatch(type.getName()::startsWith);
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return operation(method, targetClass) != null;
	}

	/**
	 * What an operation is called.
	 * @param method the method that is called
	 * @param targetClass the class of the bean
	 * @return the name, {@code null} where the method is not to be measured
	 */
	static @Nullable String operation(Method method, Class<?> targetClass) {
		MeasureAllocation annotation = AnnotatedElementUtils.findMergedAnnotation(method, MeasureAllocation.class);
		if (annotation == null && Modifier.isPublic(method.getModifiers())
				&& method.getDeclaringClass() != Object.class) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(targetClass, MeasureAllocation.class);
			return (annotation != null) ? name(annotation.value(), method, targetClass) : null;
		}
		return (annotation == null) ? null
				: annotation.value().isEmpty() ? name("", method, targetClass) : annotation.value();
	}

	/** A name of a class is that of all its methods, and does not tell them apart. */
	private static String name(String ofClass, Method method, Class<?> targetClass) {
		return (ofClass.isEmpty() ? targetClass.getSimpleName() : ofClass) + "." + method.getName();
	}

}
