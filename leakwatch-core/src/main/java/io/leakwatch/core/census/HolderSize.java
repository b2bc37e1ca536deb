package io.leakwatch.core.census;

import org.jspecify.annotations.Nullable;

/**
 * How many entries a holder has at one moment. All containers that are reached by the
 * same path of fields are one holder, as the maps in the values of a map. Where they are
 * many, it is the same few of them that are counted from time to time.
 *
 * @param holder the path, such as
 * {@code bean 'orderService' → com.acme.OrderService.recent (java.util.ArrayList)}
 * @param owner whose field it is, the path without the last field, such as
 * {@code bean 'orderService' → com.acme.OrderService}: containers of one owner that grow
 * together are one leak
 * @param containerClass the container's class, or, for an edge, the class that has the
 * field
 * @param elementClass the class of most entries looked at (for a map, of the values, or
 * of the keys where the values tell nothing), {@code null} where unknown
 * @param entries the entries of all containers of the path that are counted
 * @param bound what {@code entries} cannot exceed, {@code null} where there is no bound
 * or none is known
 * @param isEdge whether it is no container, but the number of references in a field of
 * this name, as the links of a hand-made chain are
 * @param ownsNative whether the elements seem to have memory outside the Java heap, by
 * the fields of their class
 */
public record HolderSize(String holder, String owner, String containerClass, @Nullable String elementClass,
		long entries, @Nullable Long bound, boolean isEdge, boolean ownsNative) {
}
