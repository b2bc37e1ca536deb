package io.leakwatch.core.operation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has each call of a bean's method measured: how many bytes the calling thread allocates,
 * as the meter {@code leakwatch.operation.allocated}. On a class it stands for all its
 * public methods. As with all that works by proxies, only calls from outside the bean
 * count, and neither final methods nor final classes can be measured. What a method has
 * done elsewhere, on another thread or after it has returned a future or a publisher, is
 * not its own. See {@link LeakWatch#measure(String, java.util.concurrent.Callable)} for
 * the same without a bean.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface MeasureAllocation {

	/**
	 * What the operation is called.
	 * @return a name; the class's simple name and the method's where it is empty
	 */
	String value() default "";

}
