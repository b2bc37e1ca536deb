package io.leakwatch.autoconfigure.actuate.endpoint;

/**
 * One row of a comparison: what {@code by} asked for.
 */
public sealed interface DiffRowDescriptor
		permits BeanRowDescriptor, ClassRowDescriptor, LoaderRowDescriptor, PathRowDescriptor {

}
