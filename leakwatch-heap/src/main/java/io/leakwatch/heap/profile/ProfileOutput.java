package io.leakwatch.heap.profile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes the numbers and texts that a {@link ProfileInput} reads.
 */
final class ProfileOutput {

	/** So much of a name is kept: the file is bounded whatever a heap's names are. */
	private static final int MAXIMUM_LENGTH = 500;

	/** In UTF-8 no longer than the above. */
	private static final int MAXIMUM_LENGTH_BEYOND_ASCII = 166;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final Map<String, Integer> names;

	ProfileOutput() {
		this(new LinkedHashMap<>());
	}

	private ProfileOutput(Map<String, Integer> names) {
		this.names = names;
	}

	/** An output of its own, which shares the table of names. */
	ProfileOutput section() {
		return new ProfileOutput(this.names);
	}

	void append(int tag, ProfileOutput section) {
		number(tag);
		number(section.bytes.size());
		append(section);
	}

	void append(ProfileOutput other) {
		this.bytes.writeBytes(other.bytes.toByteArray());
	}

	void number(long number) {
		long rest = number;
		while ((rest & ~0x7FL) != 0) {
			this.bytes.write((int) (rest & 0x7F) | 0x80);
			rest >>>= 7;
		}
		this.bytes.write((int) rest);
	}

	void signed(long number) {
		number((number << 1) ^ (number >> (Long.SIZE - 1)));
	}

	/** The place of a name in the table of names. */
	void name(String name) {
		number(this.names.computeIfAbsent(cut(name), (key) -> this.names.size()));
	}

	void text(String text) {
		byte[] encoded = cut(text).getBytes(StandardCharsets.UTF_8);
		number(encoded.length);
		this.bytes.writeBytes(encoded);
	}

	Set<String> names() {
		return this.names.keySet();
	}

	byte[] toByteArray() {
		return this.bytes.toByteArray();
	}

	private static String cut(String name) {
		boolean ascii = name.chars().allMatch((character) -> character < 0x80);
		int maximum = ascii ? MAXIMUM_LENGTH : MAXIMUM_LENGTH_BEYOND_ASCII;
		return (name.length() > maximum) ? name.substring(0, maximum) : name;
	}

}
