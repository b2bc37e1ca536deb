/**
 * What the running JVM and its process can tell, one type for each thing. The only room
 * that touches MXBeans.
 */
@NullMarked
package io.leakwatch.core.signal;

import org.jspecify.annotations.NullMarked;
