package io.leakwatch.autoconfigure.actuate.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.core.census.HolderSize;
import io.leakwatch.core.monitor.Report.Container;
import org.jspecify.annotations.Nullable;

/**
 * What one holder has in its map, collection, queue or cache.
 *
 * @param holder who holds it
 * @param containerClass the container's class, or, for an edge, the class that has the
 * field
 * @param elementClass the class of most entries looked at
 * @param entries the entries
 * @param bound what the entries cannot exceed
 * @param edge whether it is no container, but the number of references in fields of this
 * name, as the links of a hand-made chain are
 * @param growthPerMinute the robust slope of the entries, unknown with too few looks
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ContainerDescriptor(String holder, String containerClass, @Nullable String elementClass, long entries,
		@Nullable Long bound, boolean edge, @Nullable Double growthPerMinute) {

	static ContainerDescriptor of(Container container) {
		HolderSize size = container.size();
		return new ContainerDescriptor(size.holder(), size.containerClass(), size.elementClass(), size.entries(),
				size.bound(), size.isEdge(), Known.hundredths(container.growthPerMinute()));
	}

}
