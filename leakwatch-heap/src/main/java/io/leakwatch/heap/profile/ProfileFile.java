package io.leakwatch.heap.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The form in which a {@link HeapProfile} is kept as a file: some tens of kilobytes, a
 * few hundred at most, whatever the size of the heap.
 *
 * <p>
 * A head of 24 bytes, big-endian: the letters {@code LEAKWP}, the version (2 bytes), the
 * length of the inflated body and of the deflated one (4 bytes each), 4 bytes of zero,
 * and the CRC-32 of all of the file but itself. Then the deflated body, whose sections
 * {@link ProfileSections} tells. A reader skips sections that it does not know and what a
 * known one has at its end, so that only a change of what is there needs a new version.
 */
public final class ProfileFile {

	static final int VERSION = 1;

	/** No profile is longer, since its rows and names are bounded. */
	static final int MAXIMUM_BODY = 16 << 20;

	private static final byte[] MAGIC = "LEAKWP".getBytes(StandardCharsets.US_ASCII);

	private static final int HEAD = 24;

	private static final int CRC_OFFSET = 20;

	private ProfileFile() {
	}

	/**
	 * Writes a profile into a file, which is made, or replaced where it is there.
	 * @param profile the profile
	 * @param file the file
	 * @throws IOException if it cannot be written
	 */
	public static void write(HeapProfile profile, Path file) throws IOException {
		Files.write(file, frame(ProfileSections.write(profile)));
	}

	/**
	 * Writes a profile.
	 * @param profile the profile
	 * @param out where to, left open
	 * @throws IOException if it cannot be written
	 */
	public static void write(HeapProfile profile, OutputStream out) throws IOException {
		out.write(frame(ProfileSections.write(profile)));
	}

	/**
	 * Reads a profile from a file.
	 * @param file the file
	 * @return the profile
	 * @throws ProfileFormatException if the file is no profile, or a damaged one
	 * @throws IOException if it cannot be read
	 */
	public static HeapProfile read(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return read(in, String.valueOf(file.getFileName()));
		}
	}

	/**
	 * Reads a profile.
	 * @param in where from, left open
	 * @param name what to call it in an error
	 * @return the profile
	 * @throws ProfileFormatException if what is read is no profile, or a damaged one
	 * @throws IOException if it cannot be read
	 */
	public static HeapProfile read(InputStream in, String name) throws IOException {
		byte[] bytes = in.readNBytes(HEAD + MAXIMUM_BODY + 1);
		return ProfileSections.read(new ProfileInput(name, body(name, bytes)));
	}

	/** Deflates a body and puts the head before it. */
	static byte[] frame(byte[] body) {
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
		try {
			deflater.setInput(body);
			deflater.finish();
			byte[] bytes = new byte[HEAD + body.length / 2 + 64];
			int length = HEAD;
			while (!deflater.finished()) {
				if (length == bytes.length) {
					bytes = Arrays.copyOf(bytes, length * 2);
				}
				length += deflater.deflate(bytes, length, bytes.length - length);
			}
			bytes = Arrays.copyOf(bytes, length);
			ByteBuffer.wrap(bytes).put(MAGIC).putShort((short) VERSION).putInt(body.length).putInt(length - HEAD);
			ByteBuffer.wrap(bytes).putInt(CRC_OFFSET, checksum(bytes));
			return bytes;
		}
		finally {
			deflater.end();
		}
	}

	private static int checksum(byte[] bytes) {
		CRC32 crc = new CRC32();
		crc.update(bytes, 0, CRC_OFFSET);
		crc.update(bytes, HEAD, bytes.length - HEAD);
		return (int) crc.getValue();
	}

	private static byte[] body(String name, byte[] bytes) throws ProfileFormatException {
		if (bytes.length < HEAD) {
			throw wrong(name, bytes.length, "a head of " + HEAD + " bytes", "the end of the file");
		}
		if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
			throw wrong(name, 0, "the letters LEAKWP of a heap profile", "other bytes");
		}
		ByteBuffer head = ByteBuffer.wrap(bytes, MAGIC.length, HEAD - MAGIC.length);
		int version = head.getShort() & 0xFFFF;
		if (version != VERSION) {
			throw wrong(name, MAGIC.length, "version " + VERSION, "version " + version);
		}
		int inflated = head.getInt();
		if (inflated < 0 || inflated > MAXIMUM_BODY) {
			throw wrong(name, 8, "a body of at most " + MAXIMUM_BODY + " bytes",
					Integer.toUnsignedLong(inflated) + " bytes");
		}
		int deflated = head.getInt();
		if (deflated != bytes.length - HEAD) {
			throw wrong(name, 12, "the length of the rest of the file, " + (bytes.length - HEAD) + " bytes",
					Integer.toUnsignedLong(deflated) + " bytes");
		}
		int crc = head.getInt(CRC_OFFSET);
		if (crc != checksum(bytes)) {
			throw wrong(name, CRC_OFFSET, "the checksum " + Integer.toHexString(checksum(bytes)),
					Integer.toHexString(crc));
		}
		return inflate(name, bytes, inflated);
	}

	private static byte[] inflate(String name, byte[] bytes, int length) throws ProfileFormatException {
		Inflater inflater = new Inflater();
		try {
			inflater.setInput(bytes, HEAD, bytes.length - HEAD);
			byte[] body = new byte[length];
			int read = 0;
			while (read < length) {
				int more = inflater.inflate(body, read, length - read);
				if (more == 0) {
					throw wrong(name, HEAD, "a body of " + length + " bytes", read + " bytes");
				}
				read += more;
			}
			return body;
		}
		catch (DataFormatException ex) {
			throw wrong(name, HEAD, "a deflated body", String.valueOf(ex.getMessage()));
		}
		finally {
			inflater.end();
		}
	}

	private static ProfileFormatException wrong(String name, long offset, String expected, String found) {
		return new ProfileFormatException(name, "", offset, expected, found);
	}

}
