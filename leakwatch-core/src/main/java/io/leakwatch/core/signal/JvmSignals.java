package io.leakwatch.core.signal;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Reads the gauges that the JVM keeps anyway. Each read costs microseconds, but for
 * {@link #deadlockedThreads()}. The JVM's beans are looked up when it is made, which
 * loads the platform's management classes at the first time. For one thread.
 */
public final class JvmSignals {

	private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

	private final ClassLoadingMXBean classLoading = ManagementFactory.getClassLoadingMXBean();

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final @Nullable MemoryPoolMXBean metaspace = ManagementFactory.getMemoryPoolMXBeans()
		.stream()
		.filter((pool) -> pool.getName().equals("Metaspace"))
		.findFirst()
		.orElse(null);

	private final List<BufferPoolMXBean> bufferPools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);

	private final @Nullable Long maximumDirectBytes = readMaximumDirectBytes();

	/**
	 * How long the JVM runs. Safe for several threads.
	 * @return the time since its start
	 */
	public static Duration uptime() {
		return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
	}

	/**
	 * The gauges of this JVM.
	 */
	public JvmSignals() {
	}

	/**
	 * The heap now.
	 * @return its usage
	 */
	public HeapUsage heap() {
		MemoryUsage usage = this.memory.getHeapMemoryUsage();
		return new HeapUsage(usage.getUsed(), (usage.getMax() >= 0) ? usage.getMax() : null);
	}

	/**
	 * The loaded classes now.
	 * @return their usage
	 */
	public ClassUsage classes() {
		Long bytes = (this.metaspace != null) ? this.metaspace.getUsage().getUsed() : null;
		return new ClassUsage(bytes, this.classLoading.getLoadedClassCount());
	}

	/**
	 * The buffers outside the heap now.
	 * @return their usage
	 */
	public Buffers buffers() {
		return new Buffers(usage("direct", this.maximumDirectBytes), usage("mapped", null));
	}

	private BufferUsage usage(String name, @Nullable Long maxBytes) {
		long count = 0;
		long bytes = 0;
		for (BufferPoolMXBean pool : this.bufferPools) {
			if (pool.getName().equals(name)) {
				count += pool.getCount();
				bytes += pool.getMemoryUsed();
			}
		}
		return new BufferUsage(count, bytes, maxBytes);
	}

	/**
	 * Objects whose finalizer is due and has not run.
	 * @return a count
	 */
	public int pendingFinalizers() {
		return this.memory.getObjectPendingFinalizationCount();
	}

	/**
	 * Threads that wait for each other for ever. Stops the application for a moment, the
	 * longer the more threads there are, so it is to be asked seldom.
	 * @return a count
	 */
	public int deadlockedThreads() {
		long[] ids = this.threads.findDeadlockedThreads();
		return (ids != null) ? ids.length : 0;
	}

	private static @Nullable Long readMaximumDirectBytes() {
		try {
			long configured = Long.parseLong(String.valueOf(option("MaxDirectMemorySize")));
			// Zero is the JVM's way of writing "as much as the heap".
			return (configured > 0) ? configured : Runtime.getRuntime().maxMemory();
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * The value of an option that the JVM runs with.
	 * @param name the option's name
	 * @return the value, {@code null} where this JVM has no such option
	 */
	static @Nullable String option(String name) {
		try {
			return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption(name).getValue();
		}
		catch (IllegalArgumentException | NullPointerException ex) {
			return null;
		}
	}

}
