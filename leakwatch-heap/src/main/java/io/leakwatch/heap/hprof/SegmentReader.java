package io.leakwatch.heap.hprof;

import java.io.IOException;

/** Who is shown the heap dump segments of a file that is read once. */
@FunctionalInterface
public interface SegmentReader {

	/**
	 * Reads a segment, or as much of it as is wanted. What the reader throws ends the
	 * reading of the file.
	 * @param file the file, of which the names that came before can be asked
	 * @param dump which heap dump the segment belongs to, 0 for the oldest
	 * @param records the segment's records, each of which can be read while it is the
	 * current one
	 * @param share how much of the compressed file has been read, 0 to 1
	 * @throws IOException where the segment cannot be read
	 */
	void segment(HprofFile file, int dump, RecordCursor records, double share) throws IOException;

}
