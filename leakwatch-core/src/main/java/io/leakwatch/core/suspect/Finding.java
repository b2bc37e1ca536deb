package io.leakwatch.core.suspect;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A suspicion at one moment.
 *
 * @param kind what leaks
 * @param severity how sure
 * @param confidence from 0 to 1
 * @param title one sentence for a person
 * @param className the class that grows, {@code null} where unknown or not a matter of
 * classes
 * @param holder who holds it, {@code null} where unknown
 * @param count how many there are now, {@code null} where it is not a matter of counts
 * @param growthPerMinute how many more a minute, {@code null} where it is not a matter of
 * counts
 * @param bytesPerMinute how many bytes more a minute, {@code null} where unknown
 * @param retainedBytes what would be freed without its holder, {@code null} where no heap
 * dump has told
 * @param evidence what speaks for it, the strongest first
 * @param advice what to do
 */
public record Finding(SuspectKind kind, Severity severity, double confidence, String title, @Nullable String className,
		@Nullable String holder, @Nullable Long count, @Nullable Double growthPerMinute,
		@Nullable Double bytesPerMinute, @Nullable Long retainedBytes, List<Evidence> evidence, String advice) {

	/**
	 * A suspicion that no heap dump tells of.
	 * @param kind what leaks
	 * @param severity how sure
	 * @param confidence from 0 to 1
	 * @param title one sentence for a person
	 * @param className the class that grows
	 * @param holder who holds it
	 * @param count how many there are now
	 * @param growthPerMinute how many more a minute
	 * @param bytesPerMinute how many bytes more a minute
	 * @param evidence what speaks for it, the strongest first
	 * @param advice what to do
	 */
	public Finding(SuspectKind kind, Severity severity, double confidence, String title, @Nullable String className,
			@Nullable String holder, @Nullable Long count, @Nullable Double growthPerMinute,
			@Nullable Double bytesPerMinute, List<Evidence> evidence, String advice) {
		this(kind, severity, confidence, title, className, holder, count, growthPerMinute, bytesPerMinute, null,
				evidence, advice);
	}

	/**
	 * The same finding, with another holder.
	 * @param known who holds it, {@code null} for nobody known
	 * @return another finding
	 */
	Finding withHolder(@Nullable String known) {
		return new Finding(this.kind, this.severity, this.confidence, this.title, this.className, known, this.count,
				this.growthPerMinute, this.bytesPerMinute, this.retainedBytes, this.evidence, this.advice);
	}

}
