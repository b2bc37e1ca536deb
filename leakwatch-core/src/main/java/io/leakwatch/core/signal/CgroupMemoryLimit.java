package io.leakwatch.core.signal;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Finds the memory limit of the control group that this process lives in: the smallest
 * limit from the process' own group up to the root of what the container sees.
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
		CgroupFolders groups = CgroupFolders.find(this.root);
		Long smallest = null;
		for (Path folder : groups.folders()) {
			Long limit = limit(folder.resolve(groups.isVersion1() ? "memory.limit_in_bytes" : "memory.max"));
			if (limit != null && (smallest == null || limit < smallest)) {
				smallest = limit;
			}
		}
		return smallest;
	}

	/** The limit in a file, {@code null} where it says that there is none. */
	static @Nullable Long limit(Path file) {
		Long limit = SystemFile.number(file);
		return (limit != null && limit > 0 && limit < NO_LIMIT) ? limit : null;
	}

}
