/**
 * LeakWatch in a Spring Boot application: its properties and what starts and stops it.
 */
@NullMarked
package io.leakwatch.autoconfigure;

import org.jspecify.annotations.NullMarked;
