package io.leakwatch.core.signal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds the memory limit of the control group that this process lives in, of version 1 or
 * 2: the smallest limit from the process' own group up to the root of what the container
 * sees. In a container the file {@code /proc/self/cgroup} often names a path of the host
 * that is not visible inside; the mount's own root holds the limit then, and is always
 * looked at.
 */
final class CgroupMemoryLimit {

	/** Version 1 writes "no limit" as the largest multiple of the page size. */
	private static final long NO_LIMIT = Long.MAX_VALUE / 2;

	private final Path root;

	CgroupMemoryLimit(Path root) {
		this.root = root;
	}

	/**
	 * Reads the limit anew, as it may be changed while the container runs.
	 * @return bytes, or {@code null} where there is no limit or none can be told
	 */
	@Nullable Long read() {
		try {
			return find(Files.readAllLines(this.root.resolve("proc/self/cgroup"), StandardCharsets.UTF_8));
		}
		catch (IOException | InvalidPathException ex) {
			return null;
		}
	}

	private @Nullable Long find(List<String> lines) {
		for (String line : lines) {
			// hierarchy-id:controllers:path; the path may hold further colons.
			String[] parts = line.split(":", 3);
			if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
				return smallest(this.root.resolve("sys/fs/cgroup/memory"), parts[2], "memory.limit_in_bytes");
			}
		}
		for (String line : lines) {
			if (line.startsWith("0::")) {
				return smallest(this.root.resolve("sys/fs/cgroup"), line.substring(3), "memory.max");
			}
		}
		return null;
	}

	private static @Nullable Long smallest(Path mount, String group, String file) {
		Path folder = mount.resolve(group.replaceFirst("^/+", "")).normalize();
		Long smallest = null;
		while (folder != null && folder.startsWith(mount)) {
			Long limit = readLimit(folder.resolve(file));
			if (limit != null && (smallest == null || limit < smallest)) {
				smallest = limit;
			}
			folder = folder.getParent();
		}
		return (smallest != null) ? smallest : readLimit(mount.resolve(file));
	}

	private static @Nullable Long readLimit(Path file) {
		try {
			long limit = Long.parseLong(Files.readString(file, StandardCharsets.UTF_8).strip());
			return (limit > 0 && limit < NO_LIMIT) ? limit : null;
		}
		catch (IOException | NumberFormatException ex) {
			return null;
		}
	}

}
