package com.acme;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.springframework.aop.SingletonSource;

/**
 * A service behind proxies like Spring's.
 */
public final class Proxied {

	private Proxied() {
	}

	/** Generated subclass of a service. */
	public static class Service$$SpringCGLIB$$0 extends Shop.OrderService {

		public final Object CGLIB$CALLBACK_0;

		public Service$$SpringCGLIB$$0(Object target) {
			this.CGLIB$CALLBACK_0 = new Handler(target);
		}

	}

	public static Object byJdk(Object target) {
		return Proxy.newProxyInstance(Proxied.class.getClassLoader(), new Class<?>[] { Runnable.class },
				new Handler(target));
	}

	/** Calls go through here. */
	private static final class Handler implements InvocationHandler {

		@SuppressWarnings("unused")
		private final Advised advised;

		Handler(Object target) {
			this.advised = new Advised(target);
		}

		@Override
		public Object invoke(Object proxy, Method method, Object[] arguments) {
			throw new AssertionError(method);
		}

	}

	/** What is known of the proxy. */
	private static final class Advised {

		@SuppressWarnings("unused")
		private final Object targetSource;

		Advised(Object target) {
			this.targetSource = new SingletonSource(target);
		}

	}

}
