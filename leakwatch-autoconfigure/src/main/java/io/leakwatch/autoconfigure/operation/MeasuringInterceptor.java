package io.leakwatch.autoconfigure.operation;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.leakwatch.core.operation.Operations;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/**
 * Measures what each call of a method allocates.
 */
final class MeasuringInterceptor implements MethodInterceptor {

	private final Map<Called, String> operations = new ConcurrentHashMap<>();

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		String operation = operation(invocation);
		long begin = Operations.begin();
		try {
			return invocation.proceed();
		}
		finally {
			Operations.end(operation, begin);
		}
	}

	private String operation(MethodInvocation invocation) {
		Object target = invocation.getThis();
		Class<?> type = (target != null) ? AopUtils.getTargetClass(target) : invocation.getMethod().getDeclaringClass();
		return this.operations.computeIfAbsent(new Called(invocation.getMethod(), type), MeasuringInterceptor::name);
	}

	private static String name(Called called) {
		String operation = MeasuredMethods.operation(called.method, called.type);
		return (operation != null) ? operation : called.type.getSimpleName() + "." + called.method.getName();
	}

	/** A method of a class of beans. */
	private record Called(Method method, Class<?> type) {
	}

}
