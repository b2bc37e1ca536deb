package io.leakwatch.core.profile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A message in the encoding of protocol buffers, as far as pprof needs it: fields of
 * numbers, texts, packed numbers and messages. Numbers of zero are left out, as is usual.
 */
final class ProtocolBuffer {

	private static final int NUMBER = 0;

	private static final int BYTES = 2;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	ProtocolBuffer number(int field, long value) {
		if (value != 0) {
			tag(field, NUMBER);
			variable(value);
		}
		return this;
	}

	ProtocolBuffer text(int field, String value) {
		return bytes(field, value.getBytes(StandardCharsets.UTF_8));
	}

	ProtocolBuffer message(int field, ProtocolBuffer message) {
		return bytes(field, message.toByteArray());
	}

	ProtocolBuffer packed(int field, long[] values) {
		ProtocolBuffer packed = new ProtocolBuffer();
		for (long value : values) {
			packed.variable(value);
		}
		return message(field, packed);
	}

	byte[] toByteArray() {
		return this.bytes.toByteArray();
	}

	private ProtocolBuffer bytes(int field, byte[] value) {
		tag(field, BYTES);
		variable(value.length);
		this.bytes.writeBytes(value);
		return this;
	}

	private void tag(int field, int type) {
		variable(((long) field << 3) | type);
	}

	/** Seven bits a byte, the lowest first; the eighth says that there are more. */
	private void variable(long value) {
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			this.bytes.write((int) ((rest & 0x7F) | 0x80));
			rest >>>= 7;
		}
		this.bytes.write((int) rest);
	}

}
