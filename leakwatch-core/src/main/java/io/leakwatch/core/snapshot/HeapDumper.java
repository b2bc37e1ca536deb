package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.nio.file.Path;

import io.leakwatch.core.signal.HotSpotHeapDump;

/**
 * Writes a dump of this JVM's live objects.
 */
interface HeapDumper {

	/** Whether there is a way to write one here. */
	boolean isAvailable();

	/**
	 * Writes one, while the application stands still.
	 * @param file the file, which must not exist yet
	 * @throws IOException if it cannot be written; a part of it may be there
	 */
	void write(Path file) throws IOException;

	/** The one of HotSpot. */
	static HeapDumper hotSpot() {
		HotSpotHeapDump dump = new HotSpotHeapDump();
		return new HeapDumper() {

			@Override
			public boolean isAvailable() {
				return dump.isAvailable();
			}

			@Override
			public void write(Path file) throws IOException {
				dump.write(file);
			}

		};
	}

}
