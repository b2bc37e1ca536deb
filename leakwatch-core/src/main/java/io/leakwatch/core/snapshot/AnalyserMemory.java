package io.leakwatch.core.snapshot;

import java.util.Locale;

import io.leakwatch.core.signal.MemoryRoom;
import org.jspecify.annotations.Nullable;

/**
 * How much memory an analysis may take: as much as makes it quick, where there is plenty;
 * little, where the container is nearly full. Only what the kernel cannot drop counts,
 * which neither the dump's own pages are nor those of the tables' file.
 *
 * @param heapBytes the Java heap of the second JVM
 * @param tableBytes tables outside it; those beyond go to a file
 */
record AnalyserMemory(long heapBytes, long tableBytes) {

	private static final long MEGABYTE = 1 << 20;

	/** What a JVM takes besides: its own code and classes, compiled code, stacks. */
	private static final long JVM = 28 * MEGABYTE;

	/** A little is left to the service in any case. */
	private static final long MARGIN = 8 * MEGABYTE;

	/**
	 * With this and the share of each class there is a fifth more than dumps of services
	 * were found to need at the least: 55 MB for one of 17,000 loaded classes, 52 MB for
	 * 16,000, 41 MB for 11,000, 9 MB for 1,000. The number of objects makes no
	 * difference.
	 */
	private static final long LEAST_HEAP = 22 * MEGABYTE;

	private static final long BYTES_PER_CLASS = 2_700;

	private static final long LEAST_TABLES = 8 * MEGABYTE;

	private static final long ROOMY_HEAP = 192 * MEGABYTE;

	private static final long MODEST_TABLES = 64 * MEGABYTE;

	/** More hardly makes it quicker than a file in the page cache does. */
	private static final long MOST_TABLES = 1024 * MEGABYTE;

	/**
	 * The least that will do.
	 * @param classes how many classes the dump has
	 */
	static AnalyserMemory least(int classes) {
		return new AnalyserMemory(LEAST_HEAP + classes * BYTES_PER_CLASS, LEAST_TABLES);
	}

	/**
	 * Chooses for a dump.
	 * @param dumpBytes the size of its file
	 * @param classes how many classes it has
	 * @param room what is left, {@code null} where nobody knows
	 * @return the memory, at least the least
	 */
	static AnalyserMemory choose(long dumpBytes, int classes, @Nullable MemoryRoom room) {
		AnalyserMemory least = least(classes);
		long wantedHeap = Math.max(ROOMY_HEAP, least.heapBytes * 3 / 2);
		long wantedTables = Math.max(LEAST_TABLES, Math.min(MOST_TABLES, dumpBytes / 2));
		if (room == null) {
			return new AnalyserMemory(wantedHeap, Math.min(wantedTables, MODEST_TABLES));
		}
		// Half of what is left after the least stays with the service, which may grow.
		long more = Math.max(0, (room.bytes() - least.neededBytes()) / 2);
		long moreHeap = Math.min(more / 2, wantedHeap - least.heapBytes);
		long moreTables = Math.min(more - moreHeap, wantedTables - least.tableBytes);
		return new AnalyserMemory(least.heapBytes + moreHeap, least.tableBytes + moreTables);
	}

	/** What it takes from the container, with a margin. */
	long neededBytes() {
		return JVM + MARGIN + this.heapBytes + this.tableBytes;
	}

	/**
	 * Why there is not even room for the least.
	 * @param classes how many classes the dump has
	 * @param room what is left, {@code null} where nobody knows
	 * @return a sentence with the numbers, {@code null} where it will do
	 */
	static @Nullable String refusal(int classes, @Nullable MemoryRoom room) {
		long needed = least(classes).neededBytes();
		if (room == null || room.bytes() >= needed) {
			return null;
		}
		Long limit = room.limitBytes();
		Long used = room.usedBytes();
		String left = (limit != null && used != null) ? "%s of the limit of %s are left (%s are taken)"
			.formatted(words(room.bytes()), words(limit), words(used))
				: "the machine has %s left".formatted(words(room.bytes()));
		return "The analysis of a heap dump needs %s of memory besides the service, and %s. Raise the memory limit, or lower the service's -Xmx."
			.formatted(words(needed), left);
	}

	/** Whole megabytes. */
	static String words(long bytes) {
		return String.format(Locale.ROOT, "%,d MB", bytes / MEGABYTE);
	}

}
