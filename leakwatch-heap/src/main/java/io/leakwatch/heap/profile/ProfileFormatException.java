package io.leakwatch.heap.profile;

import java.io.IOException;
import java.io.Serial;

/**
 * The failure to read a profile's file: it is none, is damaged, or is of a version that
 * is not known.
 */
public final class ProfileFormatException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** The name of the file. */
	private final String file;

	/** Where in the file, or in its body. */
	private final long offset;

	ProfileFormatException(String file, String part, long offset, String expected, String found) {
		super(file + ": at byte " + offset + part + ": expected " + expected + ", found " + found);
		this.file = file;
		this.offset = offset;
	}

	/**
	 * The name of the file.
	 * @return the name it was read by
	 */
	public String file() {
		return this.file;
	}

	/**
	 * Where the unexpected was found. The message tells whether that is in the file as it
	 * is, or in its body when inflated.
	 * @return a count of bytes from the beginning
	 */
	public long offset() {
		return this.offset;
	}

}
