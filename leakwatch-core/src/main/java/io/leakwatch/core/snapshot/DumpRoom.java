package io.leakwatch.core.snapshot;

import java.util.Locale;

import io.leakwatch.core.signal.MemoryRoom;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is room on the disk for a heap dump.
 */
final class DumpRoom {

	/** A dump may be larger than predicted by this share. */
	private static final double MARGIN = 0.1;

	/** What the analysis writes beside the dump, by the dump's size. */
	private static final double SHARE_OF_TABLES = 0.5;

	private DumpRoom() {
	}

	/**
	 * What is lacking.
	 * @param limits the limits
	 * @param predictedBytes the size that the dump is predicted to have
	 * @param keptBytes the bytes of the dumps that are there
	 * @param usableBytes the bytes that may be written to the disk
	 * @return a sentence that says what to do, {@code null} where nothing is lacking
	 */
	static @Nullable String lacking(HeapDumpSettings limits, long predictedBytes, long keptBytes, long usableBytes) {
		if (predictedBytes + keptBytes > limits.maximumBytes()) {
			String kept = (keptBytes > 0) ? ", the dumps that are kept have %s".formatted(human(keptBytes)) : "";
			return "The heap dump would have about %s%s, and leakwatch.snapshots.maximum-dump-size allows %s. Raise that%s."
				.formatted(human(predictedBytes), kept, human(limits.maximumBytes()),
						(keptBytes > 0) ? ", or delete snapshots whose dump is kept" : "");
		}
		long needed = predictedBytes + Math.round(predictedBytes * MARGIN) + limits.keepFreeBytes();
		if (needed > usableBytes) {
			return "The heap dump would have about %s and must leave %s free, so %s are needed on the disk, which has %s free. Free some, or set leakwatch.snapshots.directory to another disk."
				.formatted(human(predictedBytes), human(limits.keepFreeBytes()), human(needed), human(usableBytes));
		}
		return null;
	}

	/**
	 * What is lacking where the folder for heap dumps is in memory.
	 * @param predictedBytes the size that the dump is predicted to have
	 * @param room the memory that is left, {@code null} where nobody knows
	 * @return a sentence that says what to do, {@code null} where nothing is lacking
	 */
	static @Nullable String lackingMemory(long predictedBytes, @Nullable MemoryRoom room) {
		long needed = predictedBytes + Math.round(predictedBytes * SHARE_OF_TABLES);
		if (room == null || needed <= room.bytes()) {
			return null;
		}
		return "The folder for heap dumps is in memory (tmpfs): a dump of about %s and its analysis need %s there, and %s are left. Set leakwatch.snapshots.directory to a folder on a disk, or raise the memory limit."
			.formatted(human(predictedBytes), human(needed), human(room.bytes()));
	}

	/** A count of bytes as a person writes it. */
	static String human(long bytes) {
		double amount = bytes;
		String[] units = { "B", "KB", "MB", "GB", "TB" };
		int unit = 0;
		while (amount >= 1024 && unit < units.length - 1) {
			amount /= 1024;
			unit++;
		}
		return String.format(Locale.ROOT, (unit == 0 || amount >= 100) ? "%.0f %s" : "%.1f %s", amount, units[unit]);
	}

}
