package io.leakwatch.core.signal;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Tells the resident memory that the JVM does not account for. A read costs some
 * microseconds. For one thread.
 *
 * <p>
 * The kernel says how much of the process is resident, but not what for. The JVM gives a
 * page to the heap, to a class or to a stack when it is first touched, and then mostly
 * keeps it: so what each of them has had in use <em>at the most</em> is what it has
 * resident at the most, and growth up to there is no leak. These peaks never fall here. A
 * native leak may hide behind a peak that rises, for as long as it rises; but no heap
 * that is used for the first time looks like a leak. Mapped buffers are pages of files,
 * which are not counted at all, and ZGC keeps its heap in such pages too.
 */
public final class NativeMemorySignal {

	/** A stack that was used, with what the JVM and malloc keep for its thread. */
	private static final long BYTES_OF_A_THREAD = 256 << 10;

	/** Of the heap, for the collector's bitmaps, cards and remembered sets. */
	private static final int SHARE_OF_COLLECTOR = 32;

	private final List<Pool> heap = new ArrayList<>();

	private final List<Pool> others = new ArrayList<>();

	private long directPeak;

	private long threadPeak;

	/** The most that was in use at once. */
	private long heapPeak;

	/**
	 * The signal of this JVM.
	 */
	public NativeMemorySignal() {
		boolean touched = "true".equals(JvmSignals.option("AlwaysPreTouch"));
		for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
			if (pool.getType() == MemoryType.NON_HEAP) {
				// That of compressed classes is a part of the metaspace.
				if (!pool.getName().equals("Compressed Class Space")) {
					this.others.add(new Pool(pool, false));
				}
			}
			else if (!pool.getName().startsWith("Z")) {
				this.heap.add(new Pool(pool, touched));
			}
		}
	}

	/**
	 * Tells it now.
	 * @param process the process
	 * @param direct the direct buffers
	 * @param threads how many platform threads there are
	 * @return the memory, {@code null} where the system does not say what is resident
	 */
	public @Nullable NativeMemory read(ProcessUsage process, BufferUsage direct, int threads) {
		Long resident = process.anonymousBytes();
		if (resident == null) {
			return null;
		}
		this.directPeak = Math.max(this.directPeak, direct.usedBytes());
		this.threadPeak = Math.max(this.threadPeak, threads);
		long heapBytes = this.heap.stream().mapToLong(Pool::peak).sum();
		long accounted = this.others.stream().mapToLong(Pool::peak).sum() + this.directPeak
				+ this.threadPeak * BYTES_OF_A_THREAD;
		return new NativeMemory(resident - heapBytes - heapBytes / SHARE_OF_COLLECTOR - accounted, accounted,
				wideHeapBytes());
	}

	private long wideHeapBytes() {
		long committed = 0;
		long used = 0;
		for (Pool pool : this.heap) {
			MemoryUsage usage = pool.touched ? null : pool.bean.getUsage();
			committed += (usage != null) ? usage.getCommitted() : 0;
			used += (usage != null) ? usage.getUsed() : 0;
		}
		this.heapPeak = Math.max(this.heapPeak, used);
		return Math.max(0, committed - this.heapPeak);
	}

	/** A memory pool, with the most that it has had resident. */
	private static final class Pool {

		private final MemoryPoolMXBean bean;

		private final boolean touched;

		/** Of the two survivor spaces, the bean tells of that in use. */
		private final int spaces;

		private long peak;

		private Pool(MemoryPoolMXBean bean, boolean touched) {
			this.bean = bean;
			this.touched = touched;
			this.spaces = bean.getName().contains("Survivor") ? 2 : 1;
		}

		/** The bean's own peak may have been reset by others. */
		private long peak() {
			MemoryUsage usage = this.touched ? this.bean.getUsage() : this.bean.getPeakUsage();
			if (usage != null) {
				this.peak = Math.max(this.peak, this.spaces * (this.touched ? usage.getCommitted() : usage.getUsed()));
			}
			return this.peak;
		}

	}

}
