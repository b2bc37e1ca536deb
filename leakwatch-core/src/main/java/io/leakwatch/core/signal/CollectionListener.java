package io.leakwatch.core.signal;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every garbage collection, and tells the live heap after those that collect the
 * old generation. Costs some microseconds a collection, on the JVM's own notification
 * thread, and nothing in between.
 *
 * <p>
 * Which collections tell the live heap, by collector: Serial {@code MarkSweepCompact};
 * Parallel {@code PS MarkSweep}; G1 {@code G1 Old Generation} and the local minima of
 * {@link OldGenerationFloor}; ZGC {@code ZGC Cycles}, and {@code ZGC Major Cycles} where
 * it has generations; Shenandoah {@code Shenandoah Cycles}.
 *
 * <p>
 * {@link #open} and {@link #close} are for one thread; the consumer is called on the
 * JVM's notification thread and must neither block nor throw.
 */
public final class CollectionListener implements AutoCloseable {

	private static final String G1_OLD_POOL = "G1 Old Gen";

	private static final String G1_FULL = "G1 Old Generation";

	private static final Set<String> FLOOR_BEANS = Set.of("MarkSweepCompact", "PS MarkSweep", "ZGC Cycles",
			"ZGC Major Cycles", "Shenandoah Cycles", G1_FULL);

	private static final Set<String> YOUNG_BEANS = Set.of("Copy", "PS Scavenge", "G1 Young Generation",
			"ZGC Minor Cycles");

	private final List<NotificationEmitter> emitters = new ArrayList<>();

	private final NotificationListener listener = this::received;

	private final OldGenerationFloor floor = new OldGenerationFloor();

	private final List<GarbageCollectorMXBean> beans;

	private final Consumer<HeapCollection> consumer;

	private Set<String> heapPools = Set.of();

	/**
	 * A listener that is not yet open.
	 * @param consumer receives each collection
	 */
	public CollectionListener(Consumer<HeapCollection> consumer) {
		this.beans = ManagementFactory.getGarbageCollectorMXBeans();
		this.consumer = consumer;
	}

	/**
	 * Starts to listen.
	 */
	public void open() {
		this.heapPools = ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.map(MemoryPoolMXBean::getName)
			.collect(Collectors.toUnmodifiableSet());
		NotificationFilter collections = (
				notification) -> GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION
					.equals(notification.getType());
		for (GarbageCollectorMXBean bean : this.beans) {
			if (bean instanceof NotificationEmitter emitter) {
				emitter.addNotificationListener(this.listener, collections, null);
				this.emitters.add(emitter);
			}
		}
	}

	/**
	 * The name of the collector that the JVM runs with.
	 * @return {@code G1}, {@code Parallel}, {@code Serial}, {@code ZGC},
	 * {@code Shenandoah}, or the first bean's name
	 */
	public static String collector() {
		List<GarbageCollectorMXBean> beans = ManagementFactory.getGarbageCollectorMXBeans();
		String names = beans.stream().map(GarbageCollectorMXBean::getName).collect(Collectors.joining(","));
		if (names.startsWith("G1 ")) {
			return "G1";
		}
		if (names.startsWith("ZGC ")) {
			return "ZGC";
		}
		if (names.startsWith("Shenandoah ")) {
			return "Shenandoah";
		}
		if (names.contains("PS MarkSweep")) {
			return "Parallel";
		}
		return names.contains("MarkSweepCompact") ? "Serial" : beans.isEmpty() ? "none" : beans.get(0).getName();
	}

	private void received(Notification notification, @Nullable Object handback) {
		if (notification.getUserData() instanceof CompositeData data) {
			GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
			Instant at = Instant.ofEpochMilli(notification.getTimeStamp());
			Map<String, MemoryUsage> after = info.getGcInfo().getMemoryUsageAfterGc();
			LiveHeap live = floorAfter(info.getGcName(), after, at);
			if (live != null || YOUNG_BEANS.contains(info.getGcName())) {
				this.consumer.accept(new HeapCollection(at, heapBytes(after), live));
			}
		}
	}

	/**
	 * What a collection says about the live heap.
	 * @param bean the collector bean's name
	 * @param after the pools after the collection
	 * @param at the end of the collection
	 * @return the live heap, or {@code null} where the collection does not tell
	 */
	private @Nullable LiveHeap floorAfter(String bean, Map<String, MemoryUsage> after, Instant at) {
		MemoryUsage g1Old = after.get(G1_OLD_POOL);
		if (g1Old != null) {
			LiveHeap reading = new LiveHeap(at, g1Old.getUsed());
			if (G1_FULL.equals(bean)) {
				this.floor.restart(reading);
				return reading;
			}
			return this.floor.next(reading);
		}
		if (!FLOOR_BEANS.contains(bean)) {
			return null;
		}
		return new LiveHeap(at, heapBytes(after));
	}

	private long heapBytes(Map<String, MemoryUsage> pools) {
		long used = 0;
		for (Map.Entry<String, MemoryUsage> pool : pools.entrySet()) {
			if (this.heapPools.contains(pool.getKey())) {
				used += pool.getValue().getUsed();
			}
		}
		return used;
	}

	@Override
	public void close() {
		for (NotificationEmitter emitter : this.emitters) {
			try {
				emitter.removeNotificationListener(this.listener);
			}
			catch (ListenerNotFoundException ex) {
				// Removed already, by the JVM's shutdown: what was wanted.
			}
		}
		this.emitters.clear();
	}

}
