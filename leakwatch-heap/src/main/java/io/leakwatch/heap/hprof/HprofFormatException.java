package io.leakwatch.heap.hprof;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is not an HPROF heap dump, or is damaged: says where, what was expected and
 * what was found.
 */
public final class HprofFormatException extends IOException {

	private static final long serialVersionUID = 1L;

	/** The byte in the file at which reading stopped. */
	private final long offset;

	/**
	 * A failure at one place of a file.
	 * @param file the file
	 * @param offset the byte in the file, counted from 0; in what a compressed file holds
	 * where it is compressed
	 * @param expected what should have been there
	 * @param found what was there
	 */
	public HprofFormatException(Path file, long offset, String expected, String found) {
		super(file + ", byte " + offset + ": expected " + expected + ", found " + found);
		this.offset = offset;
	}

	/**
	 * Where reading stopped.
	 * @return the byte in the file, counted from 0
	 */
	public long offset() {
		return this.offset;
	}

}
