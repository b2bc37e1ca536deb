package io.leakwatch.core.snapshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;
import io.leakwatch.heap.profile.ProfileFormatException;

/**
 * Reads a profile that comes from elsewhere, and takes nothing on trust.
 */
final class ProfileUpload {

	static final int MAXIMUM_BYTES = 8 << 20;

	private ProfileUpload() {
	}

	/**
	 * Reads a profile's file to its end.
	 * @throws SnapshotUnreadableException if it is none, or too large
	 * @throws IOException if the stream cannot be read
	 */
	static HeapProfile read(InputStream in) throws IOException {
		byte[] bytes = in.readNBytes(MAXIMUM_BYTES + 1);
		if (bytes.length > MAXIMUM_BYTES) {
			throw new SnapshotUnreadableException(
					"A profile has at most %s, and what was sent has more. Send what …/snapshots/{id}/profile gives."
						.formatted(DumpRoom.human(MAXIMUM_BYTES)),
					null);
		}
		try {
			return ProfileFile.read(new ByteArrayInputStream(bytes), "the profile");
		}
		catch (ProfileFormatException ex) {
			throw new SnapshotUnreadableException(
					"What was sent cannot be read as a profile. Download it anew. " + ex.getMessage(), ex);
		}
	}

}
