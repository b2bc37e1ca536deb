package io.leakwatch.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * A JUnit Jupiter test that fails when running its method again and again leaves objects
 * behind. It stands in the place of {@link Test @Test}:
 *
 * <pre>
 * &#64;LeakTest(warmup = 10, iterations = 100)
 * void placingAnOrderLeavesNothingBehind() {
 *     this.orders.place("SKU-017");
 * }
 * </pre>
 *
 * <p>
 * The method is run {@link #warmup()} times, so that caches, pools and classes are as
 * they will stay. The instances of each class are counted, the method is run
 * {@link #iterations()} times, and they are counted again. A class that gained at least
 * {@link #atLeast()} instances for each iteration fails the test, by its name. Only what
 * survives a full collection counts.
 *
 * <p>
 * All runs of the method are one test: one instance of the test class, one
 * {@code @BeforeEach} before the first run and one {@code @AfterEach} after the last, the
 * same arguments each time. An exception from any run ends the test with that exception.
 * Interceptors of other extensions see the first run only.
 *
 * <p>
 * Costs ten full collections, or more where it fails, each of which the whole JVM stands
 * still for: about half a second in all where the heap is small. The heap is that of the
 * whole JVM, so no other Jupiter test runs at the same time, with parallel execution too.
 *
 * @see HeapAssert
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Test
@ResourceLock(Resources.GLOBAL)
@ExtendWith(LeakTestExtension.class)
public @interface LeakTest {

	/**
	 * How often the method is run before the first count. A cache that fills during the
	 * test has to be full by then.
	 * @return a number of runs, zero or more
	 */
	int warmup() default LeakCheck.DEFAULT_WARMUP;

	/**
	 * How often the method is run between the counts. The more, the surer: below 50 or
	 * so, what the JVM and the test framework leave behind of their own may look like a
	 * leak.
	 * @return a number of runs, one or more
	 */
	int iterations() default 100;

	/**
	 * How many instances of a class each iteration has to leave behind, on average, for
	 * the test to fail. Below 1 by default, since caches and pools may take back a few.
	 * @return instances for each iteration, more than zero
	 */
	double atLeast() default LeakCheck.DEFAULT_AT_LEAST;

	/**
	 * Classes that may stay behind, by their full names, in which {@code *} stands for
	 * any characters: {@code "org.mockito.*"}. Arrays are named as in the report,
	 * {@code "byte[]"}. What objects of an ignored class hold counts nevertheless.
	 * @return patterns
	 */
	String[] ignore() default {};

}
