package io.leakwatch.core.suspect;

import java.util.List;

/**
 * One suspicion, and the findings of single detectors that it was joined from.
 *
 * @param finding what is known, of all signals
 * @param parts the findings that show the same, none where there is but this one
 */
public record Joined(Finding finding, List<Finding> parts) {

	/**
	 * A suspicion from one finding.
	 * @param finding the finding
	 * @return the suspicion
	 */
	static Joined of(Finding finding) {
		return new Joined(finding, List.of());
	}

}
