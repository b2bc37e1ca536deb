package org.springframework.aop;

/**
 * Has the target of a proxy, as the one in Spring has, which is not here.
 */
public final class SingletonSource {

	public final Object target;

	public SingletonSource(Object target) {
		this.target = target;
	}

}
