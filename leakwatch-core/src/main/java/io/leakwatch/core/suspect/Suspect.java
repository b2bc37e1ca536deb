package io.leakwatch.core.suspect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * A suspicion over time.
 *
 * @param id a fingerprint of kind, class and holder: the same leak has the same in
 * another instance and after a restart
 * @param firstSeen when it was first found
 * @param lastSeen when it was last found
 * @param finding what is known of it
 * @param allocationSite the line that allocates it, such as
 * {@code com.acme.OrderService.place(OrderService.java:41)}, {@code null} where unknown
 */
public record Suspect(String id, Instant firstSeen, Instant lastSeen, Finding finding,
		@Nullable String allocationSite) {

	private static final int ID_CHARACTERS = 12;

	/**
	 * A suspect that is allocated nobody knows where.
	 * @param id a fingerprint of kind, class and holder
	 * @param firstSeen when it was first found
	 * @param lastSeen when it was last found
	 * @param finding what is known of it
	 */
	public Suspect(String id, Instant firstSeen, Instant lastSeen, Finding finding) {
		this(id, firstSeen, lastSeen, finding, null);
	}

	/**
	 * The same suspect, of which more is known.
	 * @param allocationSite the line that allocates it, {@code null} where unknown
	 * @param holder who holds it, which counts only where the finding tells none
	 * @return a suspect with the same id
	 */
	public Suspect with(@Nullable String allocationSite, @Nullable String holder) {
		Finding known = (this.finding.holder() == null && holder != null) ? this.finding.withHolder(holder)
				: this.finding;
		return new Suspect(this.id, this.firstSeen, this.lastSeen, known, allocationSite);
	}

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
