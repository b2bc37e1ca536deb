package io.leakwatch.heap.hprof;

import java.util.ArrayList;
import java.util.List;

/**
 * A live thread of a synthetic heap: its object, its stack and what the frames hold.
 * Frames are added from the innermost to the outermost.
 */
public final class SyntheticThread {

	private final HprofWriter writer;

	private final SyntheticInstance object;

	private final int serial;

	private final List<Frame> frames = new ArrayList<>();

	SyntheticThread(HprofWriter writer, SyntheticInstance object, int serial) {
		this.writer = writer;
		this.object = object;
		this.serial = serial;
	}

	/**
	 * The thread object.
	 * @return the object, to set its fields
	 */
	public SyntheticInstance object() {
		return this.object;
	}

	/**
	 * The thread's serial number.
	 * @return the serial number
	 */
	public int serial() {
		return this.serial;
	}

	/**
	 * The serial number of the thread's stack trace. Trace 1 is the empty one.
	 * @return the serial number
	 */
	public int traceSerial() {
		return this.serial + 1;
	}

	/**
	 * Adds a frame that called those before it.
	 * @param type the class of the method
	 * @param method the method's name
	 * @param line the line
	 * @return this thread
	 */
	public SyntheticThread frame(SyntheticClass type, String method, int line) {
		String source = type.name().substring(type.name().lastIndexOf('.') + 1) + ".java";
		this.frames.add(new Frame(this.writer.nextFrameId(), this.writer.nameId(method), this.writer.nameId("()V"),
				this.writer.nameId(source), type.serial(), line));
		return this;
	}

	/**
	 * Makes objects local variables of the frame that was added last.
	 * @param objects the objects
	 * @return this thread
	 */
	public SyntheticThread locals(SyntheticObject... objects) {
		for (SyntheticObject each : objects) {
			this.writer.root(SyntheticRoot.JAVA_FRAME, each, this.serial, this.frames.size() - 1);
		}
		return this;
	}

	/**
	 * Makes objects JNI local references of the frame that was added last, or of none.
	 * @param objects the objects
	 * @return this thread
	 */
	public SyntheticThread jniLocals(SyntheticObject... objects) {
		for (SyntheticObject each : objects) {
			this.writer.root(SyntheticRoot.JNI_LOCAL, each, this.serial, this.frames.size() - 1);
		}
		return this;
	}

	void writeTo(HprofRecordWriter records) {
		for (Frame each : this.frames) {
			records.frame(each.id(), each.methodId(), each.signatureId(), each.sourceId(), each.classSerial(),
					each.line());
		}
		records.trace(traceSerial(), this.serial, this.frames.stream().mapToLong(Frame::id).toArray());
	}

	private record Frame(long id, long methodId, long signatureId, long sourceId, int classSerial, int line) {

	}

}
