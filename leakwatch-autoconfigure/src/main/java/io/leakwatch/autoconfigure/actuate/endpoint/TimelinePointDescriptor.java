package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leakwatch.core.monitor.Report.TimelinePoint;
import org.jspecify.annotations.Nullable;

/**
 * The service at one tick.
 *
 * @param at the tick's moment
 * @param usedBytes heap in use, garbage included
 * @param liveBytes heap in use after the last old collection
 * @param directBytes bytes of direct buffers
 * @param rssBytes resident memory
 * @param threads live platform threads
 * @param loadedClasses loaded classes
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TimelinePointDescriptor(Instant at, long usedBytes, @Nullable Long liveBytes, long directBytes,
		@Nullable Long rssBytes, int threads, int loadedClasses) {

	static TimelinePointDescriptor of(TimelinePoint point) {
		return new TimelinePointDescriptor(point.at(), point.usedBytes(), point.liveBytes(), point.directBytes(),
				point.rssBytes(), point.threads(), point.loadedClasses());
	}

}
