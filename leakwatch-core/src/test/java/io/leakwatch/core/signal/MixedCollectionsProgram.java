package io.leakwatch.core.signal;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A program whose objects live long enough to be promoted and then die: always
 * {@value #HELD_MEGABYTES} MB of them are held. Prints the first {@value #FLOORS} floors
 * and the collections until then; then collects fully, goes on for some floors more, and
 * prints how many readings were told twice.
 */
final class MixedCollectionsProgram {

	static final int HELD_MEGABYTES = 20;

	static final int FLOORS = 4;

	private static final int OBJECT_BYTES = 1024;

	private final Queue<LiveHeap> told = new ConcurrentLinkedQueue<>();

	private final byte[][] ring = new byte[HELD_MEGABYTES * (1 << 20) / OBJECT_BYTES][];

	private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(45);

	private MixedCollectionsProgram() {
	}

	public static void main(String[] args) {
		new MixedCollectionsProgram().run();
	}

	private void run() {
		try (CollectionListener listener = new CollectionListener(Floors.to(this.told::add))) {
			listener.open();
			allocateUntilTold(FLOORS);
			this.told.forEach((live) -> System.out.println("live " + live.bytes()));
			for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
				System.out.println(bean.getName() + ": " + bean.getCollectionCount());
			}
			System.gc();
			allocateUntilTold(this.told.size() + FLOORS);
		}
		long moments = this.told.stream().map(LiveHeap::at).distinct().count();
		System.out.println("told twice: " + (this.told.size() - moments));
	}

	private void allocateUntilTold(int floors) {
		for (long i = 0; this.told.size() < floors && System.nanoTime() < this.deadline; i++) {
			this.ring[(int) (i % this.ring.length)] = new byte[OBJECT_BYTES];
			if (i % 256 == 0) {
				// Without a breath, marking cannot keep up and a full collection is due.
				LockSupport.parkNanos(500_000);
			}
		}
	}

}
