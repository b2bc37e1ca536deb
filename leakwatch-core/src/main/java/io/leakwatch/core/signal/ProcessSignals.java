package io.leakwatch.core.signal;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import com.sun.management.UnixOperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Reads resident memory, open files and the container's memory limit. A read costs some
 * tens of microseconds. Counting the open files takes some microseconds for each of them,
 * so it is done at every {@value #READS_OF_OPEN_FILES}th read only. Where the platform
 * does not tell (resident memory outside Linux), the value is {@code null}. For one
 * thread.
 */
public final class ProcessSignals {

	/** Of so many reads, one counts the open files anew. */
	public static final int READS_OF_OPEN_FILES = 4;

	private final Path status;

	private final CgroupMemoryLimit limit;

	private int reads;

	private @Nullable Long openFiles;

	/**
	 * Reads this machine's files.
	 */
	public ProcessSignals() {
		this(Path.of("/"));
	}

	/**
	 * Reads the files below another root.
	 * @param root the folder that stands for {@code /}
	 */
	ProcessSignals(Path root) {
		this.status = root.resolve("proc/self/status");
		this.limit = new CgroupMemoryLimit(root);
	}

	/**
	 * The process now.
	 * @return its usage
	 */
	public ProcessUsage read() {
		if (this.reads++ % READS_OF_OPEN_FILES == 0) {
			this.openFiles = countOpenFiles();
		}
		return new ProcessUsage(bytes("VmRSS:"), bytes("RssAnon:"), this.limit.read(), this.openFiles);
	}

	private @Nullable Long bytes(String name) {
		Long kilobytes = SystemFile.number(this.status, name, "kB");
		return (kilobytes != null) ? kilobytes * 1024 : null;
	}

	private static @Nullable Long countOpenFiles() {
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
			long count = unix.getOpenFileDescriptorCount();
			return (count >= 0) ? count : null;
		}
		return null;
	}

}
