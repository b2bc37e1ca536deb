package io.leakwatch.heap.profile;

import java.nio.charset.StandardCharsets;

/**
 * Reads the numbers and texts of a profile's inflated body, and takes none on trust.
 */
final class ProfileInput {

	private final String file;

	private final byte[] bytes;

	private final int end;

	private int position;

	ProfileInput(String file, byte[] bytes) {
		this(file, bytes, 0, bytes.length);
	}

	private ProfileInput(String file, byte[] bytes, int position, int end) {
		this.file = file;
		this.bytes = bytes;
		this.position = position;
		this.end = end;
	}

	boolean isAtEnd() {
		return this.position == this.end;
	}

	/** The next bytes as an input of their own, passed over here. */
	ProfileInput slice(int length) {
		this.position += length;
		return new ProfileInput(this.file, this.bytes, this.position - length, this.position);
	}

	/** A number that is not negative. */
	long number() throws ProfileFormatException {
		int start = this.position;
		long number = bits();
		if (number < 0) {
			this.position = start;
			throw wrong("a number of at most 63 bits", "one of 64");
		}
		return number;
	}

	/** A number that may be negative: its sign is in the lowest bit. */
	long signed() throws ProfileFormatException {
		long bits = bits();
		return (bits >>> 1) ^ -(bits & 1);
	}

	/** Seven bits a byte, the lowest first; the highest bit of a byte tells of more. */
	private long bits() throws ProfileFormatException {
		int start = this.position;
		long number = 0;
		for (int shift = 0; shift < Long.SIZE; shift += 7) {
			if (isAtEnd()) {
				throw wrong("a number", "the end of the section");
			}
			byte next = this.bytes[this.position++];
			number |= (next & 0x7FL) << shift;
			if (next >= 0) {
				return number;
			}
		}
		this.position = start;
		throw wrong("a number of at most 10 bytes", "a longer one");
	}

	/** How many of something follow, each of them some bytes long. */
	int count(String what, int bytesEach) throws ProfileFormatException {
		long count = number();
		if (count > (this.end - this.position) / bytesEach) {
			throw wrong("at most " + (this.end - this.position) / bytesEach + " " + what, count + "");
		}
		return (int) count;
	}

	String text() throws ProfileFormatException {
		int length = count("bytes of text", 1);
		this.position += length;
		return new String(this.bytes, this.position - length, length, StandardCharsets.UTF_8);
	}

	ProfileFormatException wrong(String expected, String found) {
		return new ProfileFormatException(this.file, " of the inflated body", this.position, expected, found);
	}

}
