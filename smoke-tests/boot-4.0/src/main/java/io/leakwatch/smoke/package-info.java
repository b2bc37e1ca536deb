/**
 * A service on Spring Boot 4.0 that knows nothing of LeakWatch.
 */
@NullMarked
package io.leakwatch.smoke;

import org.jspecify.annotations.NullMarked;
