package io.leakwatch.core.signal;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * How much more memory this process and those it starts may take before the kernel kills
 * one of them: what the control group has left that has the least, or the machine. What
 * files have in memory is not counted as taken where the kernel can drop it.
 *
 * @param bytes what is left, 0 where the limit is overdrawn
 * @param limitBytes the limit, {@code null} where it is the machine's own memory
 * @param usedBytes what is taken of the limit
 */
public record MemoryRoom(long bytes, @Nullable Long limitBytes, @Nullable Long usedBytes) {

	/**
	 * So much of the files that were used of late is better left in memory: the JVM's own
	 * code and the classes that it shares are among them.
	 */
	static final long HOT_FILE_BYTES = 32 << 20;

	/**
	 * Reads the room of this process from the system's files. Costs some tens of
	 * microseconds.
	 * @return the room, {@code null} where the system does not tell
	 */
	public static @Nullable MemoryRoom read() {
		return read(Path.of("/"));
	}

	/**
	 * Reads the room from the files below another root.
	 * @param root the folder that stands for {@code /}
	 */
	static @Nullable MemoryRoom read(Path root) {
		Long machine = SystemFile.number(root.resolve("proc/meminfo"), "MemAvailable:", "kB");
		MemoryRoom least = (machine != null) ? new MemoryRoom(machine * 1024, null, null) : null;
		CgroupFolders groups = CgroupFolders.find(root);
		for (Path folder : groups.folders()) {
			MemoryRoom room = groups.isVersion1() ? version1(folder) : version2(folder);
			if (room != null && (least == null || room.bytes < least.bytes)) {
				least = room;
			}
		}
		return least;
	}

	private static @Nullable MemoryRoom version1(Path folder) {
		return of(CgroupMemoryLimit.limit(folder.resolve("memory.limit_in_bytes")),
				SystemFile.number(folder.resolve("memory.usage_in_bytes")), droppable(folder, "total_"));
	}

	private static @Nullable MemoryRoom version2(Path folder) {
		Long limit = CgroupMemoryLimit.limit(folder.resolve("memory.max"));
		// Above this one the kernel slows the whole group down, which is no better.
		Long throttled = CgroupMemoryLimit.limit(folder.resolve("memory.high"));
		if (throttled != null && (limit == null || throttled < limit)) {
			limit = throttled;
		}
		return of(limit, SystemFile.number(folder.resolve("memory.current")), droppable(folder, ""));
	}

	private static long droppable(Path folder, String prefix) {
		Path file = folder.resolve("memory.stat");
		Long inactive = SystemFile.number(file, prefix + "inactive_file ", "");
		Long active = SystemFile.number(file, prefix + "active_file ", "");
		return ((inactive != null) ? inactive : 0) + ((active != null) ? Math.max(0, active - HOT_FILE_BYTES) : 0);
	}

	private static @Nullable MemoryRoom of(@Nullable Long limit, @Nullable Long usage, long droppable) {
		if (limit == null || usage == null) {
			return null;
		}
		long used = Math.max(0, usage - droppable);
		return new MemoryRoom(Math.max(0, limit - used), limit, used);
	}

}
