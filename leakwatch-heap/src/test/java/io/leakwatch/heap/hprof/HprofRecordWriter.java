package io.leakwatch.heap.hprof;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * The header and the records of a dump, one method a kind, written to a stream as they
 * come. Nothing is checked: tags, lengths, serial numbers and order are the caller's.
 */
public final class HprofRecordWriter {

	private final OutputStream out;

	private final int idSize;

	/**
	 * A writer at the beginning of a file.
	 * @param out where the bytes go; the caller closes it
	 * @param idSize the bytes of an identifier
	 */
	public HprofRecordWriter(OutputStream out, int idSize) {
		this.out = out;
		this.idSize = idSize;
	}

	/**
	 * An empty buffer for a body with this file's identifiers.
	 * @return a new buffer
	 */
	public HprofByteWriter body() {
		return new HprofByteWriter(this.idSize);
	}

	/**
	 * Writes the header of the file.
	 * @param version the whole text, such as {@code JAVA PROFILE 1.0.2}
	 * @param epochMillis the time of the dump
	 * @return this writer
	 */
	public HprofRecordWriter header(String version, long epochMillis) {
		return raw(body().text(version).u1(0).u4(this.idSize).u8(epochMillis).toBytes());
	}

	/**
	 * Writes bytes as they are.
	 * @param bytes the bytes
	 * @return this writer
	 */
	public HprofRecordWriter raw(byte[] bytes) {
		try {
			this.out.write(bytes);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes a record.
	 * @param tag its tag
	 * @param body its body
	 * @return this writer
	 */
	public HprofRecordWriter record(int tag, HprofByteWriter body) {
		return record(tag, body.size(), body.toBytes());
	}

	/**
	 * Writes a record that tells a length of the caller's choice.
	 * @param tag its tag
	 * @param toldLength the length in its head
	 * @param body its body
	 * @return this writer
	 */
	public HprofRecordWriter record(int tag, long toldLength, byte[] body) {
		return raw(body().u1(tag).u4(0).u4(toldLength).toBytes()).raw(body);
	}

	/**
	 * Writes a STRING_IN_UTF8 record.
	 * @param id the string's identifier
	 * @param text the text
	 * @return this writer
	 */
	public HprofRecordWriter string(long id, String text) {
		return record(0x01, body().id(id).text(text));
	}

	/**
	 * Writes a LOAD_CLASS record.
	 * @param serial the class's serial number
	 * @param classId the class object
	 * @param nameId the string with its name
	 * @return this writer
	 */
	public HprofRecordWriter loadClass(int serial, long classId, long nameId) {
		return record(0x02, body().u4(serial).id(classId).u4(0).id(nameId));
	}

	/**
	 * Writes an UNLOAD_CLASS record.
	 * @param serial the class's serial number
	 * @return this writer
	 */
	public HprofRecordWriter unloadClass(int serial) {
		return record(0x03, body().u4(serial));
	}

	/**
	 * Writes a FRAME record.
	 * @param id the frame's identifier
	 * @param methodId the string with the method's name
	 * @param signatureId the string with the method's signature
	 * @param sourceId the string with the name of the source file, or 0
	 * @param classSerial the serial number of the class
	 * @param line the line, -1 unknown, -2 compiled, -3 native
	 * @return this writer
	 */
	public HprofRecordWriter frame(long id, long methodId, long signatureId, long sourceId, int classSerial, int line) {
		return record(0x04, body().id(id).id(methodId).id(signatureId).id(sourceId).u4(classSerial).u4(line));
	}

	/**
	 * Writes a TRACE record.
	 * @param serial the trace's serial number
	 * @param threadSerial the thread's serial number
	 * @param frameIds its frames, the innermost first
	 * @return this writer
	 */
	public HprofRecordWriter trace(int serial, int threadSerial, long... frameIds) {
		HprofByteWriter body = body().u4(serial).u4(threadSerial).u4(frameIds.length);
		for (long each : frameIds) {
			body.id(each);
		}
		return record(0x05, body);
	}

	/**
	 * Writes an ALLOC_SITES record with one site.
	 * @param classSerial the serial number of the class that was allocated
	 * @return this writer
	 */
	public HprofRecordWriter allocSites(int classSerial) {
		HprofByteWriter body = body().u2(0x0001).u4(0).u4(64).u4(2).u8(128).u8(4).u4(1);
		return record(0x06, body.u1(0).u4(classSerial).u4(0).u4(64).u4(2).u4(128).u4(4));
	}

	/**
	 * Writes a HEAP_SUMMARY record.
	 * @param liveBytes the bytes that are live
	 * @param liveCount the objects that are live
	 * @return this writer
	 */
	public HprofRecordWriter heapSummary(long liveBytes, long liveCount) {
		return record(0x07, body().u4(liveBytes).u4(liveCount).u8(liveBytes).u8(liveCount));
	}

	/**
	 * Writes a START_THREAD record.
	 * @param serial the thread's serial number
	 * @param threadId the thread object
	 * @param nameId the string with its name
	 * @return this writer
	 */
	public HprofRecordWriter startThread(int serial, long threadId, long nameId) {
		return record(0x0a, body().u4(serial).id(threadId).u4(0).id(nameId).id(nameId).id(nameId));
	}

	/**
	 * Writes an END_THREAD record.
	 * @param serial the thread's serial number
	 * @return this writer
	 */
	public HprofRecordWriter endThread(int serial) {
		return record(0x0b, body().u4(serial));
	}

	/**
	 * Writes a CPU_SAMPLES record with one sample.
	 * @param traceSerial the trace that was seen
	 * @return this writer
	 */
	public HprofRecordWriter cpuSamples(int traceSerial) {
		return record(0x0d, body().u4(1).u4(1).u4(1).u4(traceSerial));
	}

	/**
	 * Writes a CONTROL_SETTINGS record.
	 * @return this writer
	 */
	public HprofRecordWriter controlSettings() {
		return record(0x0e, body().u4(3).u2(8));
	}

	/**
	 * Writes a HEAP_DUMP record, which is a whole dump.
	 * @param segment the sub-records
	 * @return this writer
	 */
	public HprofRecordWriter heapDump(HprofSegmentWriter segment) {
		return record(0x0c, segment.bytes());
	}

	/**
	 * Writes a HEAP_DUMP_SEGMENT record, which is a part of a dump.
	 * @param segment the sub-records
	 * @return this writer
	 */
	public HprofRecordWriter heapDumpSegment(HprofSegmentWriter segment) {
		return record(0x1c, segment.bytes());
	}

	/**
	 * Writes a HEAP_DUMP_END record, which ends a dump made of segments.
	 * @return this writer
	 */
	public HprofRecordWriter heapDumpEnd() {
		return record(0x2c, body());
	}

}
