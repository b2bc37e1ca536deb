package io.leakwatch.core.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.leakwatch.core.census.HolderSize;
import io.leakwatch.core.signal.BufferUsage;
import io.leakwatch.core.signal.ClassUsage;
import io.leakwatch.core.signal.ProcessUsage;
import io.leakwatch.core.suspect.Suspect;
import io.leakwatch.heap.diff.ClassDelta;
import org.jspecify.annotations.Nullable;

/**
 * What is known after a tick. Immutable.
 *
 * @param at the tick's moment
 * @param status the verdict
 * @param since since when the verdict holds
 * @param heap the Java heap
 * @param classes loaded classes
 * @param classLoaders how many class loaders there are, {@code null} until they were
 * counted
 * @param directMemory direct buffers
 * @param process the process
 * @param threads threads
 * @param pendingFinalizers objects that wait for their finalizer
 * @param suspects the suspects, the likeliest first
 * @param containers the containers that the census has found, those that grow most first
 * @param classChanges the classes that grew most between the oldest and the newest
 * histogram of the watch, the most grown first
 * @param timeline the newest ticks, oldest first
 * @param budget what watching costs
 */
public record Report(Instant at, Status status, Instant since, Heap heap, ClassUsage classes,
		@Nullable Integer classLoaders, BufferUsage directMemory, ProcessUsage process, Threads threads,
		int pendingFinalizers, List<Suspect> suspects, List<Container> containers, List<ClassDelta> classChanges,
		List<TimelinePoint> timeline, Costs budget) {

	/**
	 * The Java heap.
	 *
	 * @param usedBytes bytes in use, garbage included
	 * @param liveBytes bytes in use after the last old collection, {@code null} before
	 * the first
	 * @param maxBytes the most it may grow to, {@code null} for no limit
	 * @param growthBytesPerMinute the robust slope of the live heap, {@code null} with
	 * too few old collections
	 * @param growthBytesPerThousandRequests the same by requests, {@code null} where none
	 * were counted
	 * @param confidence how sure it is that the live heap grows, from 0 to 1
	 * @param exhaustionAt when it is full, or the container's limit is reached before
	 * that, if it goes on like this; {@code null} where it does not grow, or grows as
	 * caches fill up
	 * @param collector the garbage collector
	 */
	public record Heap(long usedBytes, @Nullable Long liveBytes, @Nullable Long maxBytes,
			@Nullable Double growthBytesPerMinute, @Nullable Double growthBytesPerThousandRequests, double confidence,
			@Nullable Instant exhaustionAt, String collector) {
	}

	/**
	 * Threads.
	 *
	 * @param count live platform threads
	 * @param deadlocked threads that wait for each other for ever, {@code null} until
	 * they were counted
	 * @param groups threads by normalised name, the largest group first
	 */
	public record Threads(int count, @Nullable Integer deadlocked, List<Group> groups) {
	}

	/**
	 * Threads of one normalised name.
	 *
	 * @param name the normalised name
	 * @param count threads
	 * @param growthPerMinute the robust slope, {@code null} with too few ticks
	 */
	public record Group(String name, int count, @Nullable Double growthPerMinute) {
	}

	/**
	 * The containers of one holder.
	 *
	 * @param size what the census has read
	 * @param growthPerMinute the robust slope of its entries, 0 where it does not grow
	 * steadily, {@code null} where it is too small to be followed, or with too few looks
	 */
	public record Container(HolderSize size, @Nullable Double growthPerMinute) {
	}

	/**
	 * One tick.
	 *
	 * @param at its moment
	 * @param usedBytes heap in use
	 * @param liveBytes live heap, {@code null} before the first old collection
	 * @param directBytes bytes of direct buffers
	 * @param rssBytes resident memory, {@code null} where unknown
	 * @param threads live platform threads
	 * @param loadedClasses loaded classes
	 */
	public record TimelinePoint(Instant at, long usedBytes, @Nullable Long liveBytes, long directBytes,
			@Nullable Long rssBytes, int threads, int loadedClasses) {
	}

	/**
	 * What watching costs.
	 *
	 * @param share the share of the wall time that is allowed
	 * @param spentShare the share that was spent since the start
	 * @param lastPause how long the last probe took that stopped the application, zero
	 * before the first
	 * @param histogramHeldBack why no histogram was taken when one was wanted last,
	 * {@code null} where one was
	 */
	public record Costs(double share, double spentShare, Duration lastPause, @Nullable String histogramHeldBack) {
	}

}
