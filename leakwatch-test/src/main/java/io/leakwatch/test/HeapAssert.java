package io.leakwatch.test;

import java.util.List;

import org.junit.jupiter.api.function.Executable;

/**
 * Assertions on what stays in the heap of this JVM: what {@link LeakTest} does, for a
 * part of a test, and for tests that are not Jupiter's.
 *
 * <pre>
 * HeapAssert.assertThatNothingIsLeftBehind(100, () -> this.orders.place("SKU-017"));
 * </pre>
 *
 * <p>
 * Costs ten full collections or more, each of which the whole JVM stands still for.
 * Counts the heap of the whole JVM: in parallel test execution, see to it that no other
 * test runs at the same time.
 */
public final class HeapAssert {

	private HeapAssert() {
	}

	/**
	 * Runs an operation ten times to warm up and then as often as given, and asserts that
	 * no class has gained an instance for (nearly) each of these runs.
	 * @param iterations how often the operation is run between the counts, one or more;
	 * with few, chance may look like a leak
	 * @param operation what to run; what it throws is thrown unchanged
	 * @throws AssertionError where objects stay behind, naming their classes
	 */
	public static void assertThatNothingIsLeftBehind(int iterations, Executable operation) {
		assertThatNothingIsLeftBehind(LeakCheck.DEFAULT_WARMUP, iterations, operation);
	}

	/**
	 * Runs an operation some times to warm up and then as often as given, and asserts
	 * that no class has gained an instance for (nearly) each of these runs.
	 * @param warmup how often the operation is run before the first count, zero or more
	 * @param iterations how often the operation is run between the counts, one or more;
	 * with few, chance may look like a leak
	 * @param operation what to run; what it throws is thrown unchanged
	 * @param ignore classes that may stay behind, as in {@link LeakTest#ignore()}
	 * @throws AssertionError where objects stay behind, naming their classes
	 */
	public static void assertThatNothingIsLeftBehind(int warmup, int iterations, Executable operation,
			String... ignore) {
		LeakCheck check = new LeakCheck(warmup, iterations, LeakCheck.DEFAULT_AT_LEAST, List.of(ignore));
		try {
			check.run(operation);
		}
		catch (Throwable ex) {
			throw HeapAssert.<RuntimeException>unchanged(ex);
		}
	}

	/** Lets a checked exception pass where none is declared. */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <T extends Throwable> T unchanged(Throwable ex) throws T {
		throw (T) ex;
	}

}
