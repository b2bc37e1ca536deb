package io.leakwatch.core.operation;

import java.util.concurrent.Callable;

/**
 * What an application can ask of LeakWatch in its own code. Without a running LeakWatch
 * each method does what it does for the application, and nothing else. All methods are
 * safe for several threads.
 */
public final class LeakWatch {

	private LeakWatch() {
	}

	/**
	 * Does some work, and measures how many bytes the calling thread allocates meanwhile:
	 * the meter {@code leakwatch.operation.allocated}. An operation within another counts
	 * for both. Work that fails is measured too. On a virtual thread the JVM does not
	 * count, and the call is told by {@code leakwatch.operation.unmeasured} alone. Costs
	 * some 100 ns and allocates nothing.
	 * @param <T> the type of what the work gives
	 * @param operation what the operation is called; one of a few names, not one for each
	 * call
	 * @param work the work
	 * @return what the work gives
	 * @throws Exception what the work throws
	 */
	public static <T> T measure(String operation, Callable<T> work) throws Exception {
		long begin = Operations.begin();
		try {
			return work.call();
		}
		finally {
			Operations.end(operation, begin);
		}
	}

	/**
	 * Does some work that gives nothing, and measures it as
	 * {@link #measure(String, Callable)}.
	 * @param operation what the operation is called
	 * @param work the work
	 */
	public static void measure(String operation, Runnable work) {
		long begin = Operations.begin();
		try {
			work.run();
		}
		finally {
			Operations.end(operation, begin);
		}
	}

	/**
	 * Says that nobody needs an object any more, so that it should be gone before long.
	 * It is held weakly. If it is still there after two collections of the whole heap, it
	 * becomes a suspect. Costs some 100 ns.
	 * @param object the object, which a garbage collection is expected to take
	 * @param why what makes it expendable, such as {@code closed session}: one of a few
	 * sentences, not one for each object
	 */
	public static void expectCollected(Object object, String why) {
		Expectations expectations = Expectations.current();
		if (expectations != null) {
			expectations.add(object, why);
		}
	}

}
