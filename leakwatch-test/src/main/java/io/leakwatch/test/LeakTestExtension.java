package io.leakwatch.test;

import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.function.Executable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Runs the method of a {@link LeakTest} as often as that says, between two counts.
 */
final class LeakTestExtension implements InvocationInterceptor {

	@Override
	// With a javac before 22, NullAway does not see that Jupiter says @Nullable, too.
	@SuppressWarnings("NullAway")
	public void interceptTestMethod(Invocation<@Nullable Void> invocation,
			ReflectiveInvocationContext<Method> invocationContext, ExtensionContext extensionContext) throws Throwable {
		Method method = invocationContext.getExecutable();
		LeakTest settings = AnnotationSupport.findAnnotation(method, LeakTest.class)
			.orElseThrow(() -> new IllegalStateException("no @LeakTest on " + method));
		LeakCheck check = new LeakCheck(settings.warmup(), settings.iterations(), settings.atLeast(),
				List.of(settings.ignore()));
		check.run(new RepeatedInvocation(invocation, invocationContext));
	}

	/**
	 * The invocation, which Jupiter lets proceed once and no more, and then calls of the
	 * same method.
	 */
	private static final class RepeatedInvocation implements Executable {

		private final Invocation<@Nullable Void> first;

		private final ReflectiveInvocationContext<Method> context;

		private boolean proceeded;

		RepeatedInvocation(Invocation<@Nullable Void> first, ReflectiveInvocationContext<Method> context) {
			this.first = first;
			this.context = context;
		}

		@Override
		public void execute() throws Throwable {
			if (!this.proceeded) {
				this.proceeded = true;
				this.first.proceed();
				return;
			}
			ReflectionSupport.invokeMethod(this.context.getExecutable(), this.context.getTarget().orElse(null),
					this.context.getArguments().toArray());
		}

	}

}
