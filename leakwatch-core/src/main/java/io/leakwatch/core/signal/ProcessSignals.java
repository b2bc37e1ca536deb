package io.leakwatch.core.signal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.management.UnixOperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Reads resident memory, open files and the container's memory limit. A read costs some
 * tens of microseconds, and a microsecond for every hundred open files. Where the
 * platform does not tell (resident memory outside Linux), the value is {@code null}. For
 * one thread.
 */
public final class ProcessSignals {

	private final Path status;

	private final CgroupMemoryLimit limit;

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
		return new ProcessUsage(residentBytes(), this.limit.read(), openFiles());
	}

	private @Nullable Long residentBytes() {
		try {
			for (String line : Files.readAllLines(this.status, StandardCharsets.UTF_8)) {
				if (line.startsWith("VmRSS:")) {
					String kilobytes = line.substring("VmRSS:".length()).replace("kB", "").strip();
					return Long.parseLong(kilobytes) * 1024;
				}
			}
			return null;
		}
		catch (IOException | NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable Long openFiles() {
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
			long count = unix.getOpenFileDescriptorCount();
			return (count >= 0) ? count : null;
		}
		return null;
	}

}
