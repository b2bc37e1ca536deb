package io.leakwatch.core.suspect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A suspicion over time.
 *
 * @param id a fingerprint of kind, class and holder: the same leak has the same in
 * another instance and after a restart
 * @param firstSeen when it was first found
 * @param lastSeen when it was last found
 * @param finding what is known of it
 */
public record Suspect(String id, Instant firstSeen, Instant lastSeen, Finding finding) {

	private static final int ID_CHARACTERS = 12;

	/**
	 * The fingerprint of a finding.
	 * @param finding the finding
	 * @return twelve hexadecimal digits
	 */
	static String fingerprint(Finding finding) {
		String identity = finding.kind() + "|" + finding.className() + "|" + finding.holder();
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest).substring(0, ID_CHARACTERS);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
