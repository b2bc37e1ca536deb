package io.leakwatch.core.suspect;

import java.util.List;

import io.leakwatch.core.census.HolderSize;

/**
 * What is known of the growth of the JDK and of common libraries, as far as it is none of
 * the application's faults.
 */
final class KnownGrowth {

	/**
	 * What these keep ends by a time-out, some half an hour later by default. So after a
	 * start they grow for as long, quite evenly, and then no more.
	 */
	private static final List<String> ENDS_BY_TIME_OUT = List.of("org.apache.catalina.session.",
			"org.eclipse.jetty.session.", "org.eclipse.jetty.server.session.", "org.eclipse.jetty.ee",
			"io.undertow.server.session.", "org.springframework.session.", "org.springframework.web.server.session.");

	/** What these keep is given up when memory runs short, or with its class. */
	private static final List<String> GIVEN_UP_IN_TIME = List.of("org.springframework.util.ConcurrentReferenceHashMap",
			"java.lang.invoke.MethodType", "java.lang.ClassValue");

	private KnownGrowth() {
	}

	/** Whether it takes long to know whether it ever stops. */
	static boolean endsByTimeOut(HolderSize size, HolderPath path) {
		String element = (size.elementClass() != null) ? size.elementClass() : "";
		return ENDS_BY_TIME_OUT.stream()
			.anyMatch((prefix) -> path.declaringClass().startsWith(prefix) || element.startsWith(prefix));
	}

	/** Whether it is no leak however it grows. */
	static boolean isHarmless(HolderSize size, HolderPath path) {
		return GIVEN_UP_IN_TIME.stream()
			.anyMatch((prefix) -> size.containerClass().startsWith(prefix) || path.declaringClass().startsWith(prefix));
	}

}
