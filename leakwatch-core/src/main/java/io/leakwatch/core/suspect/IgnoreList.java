package io.leakwatch.core.suspect;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names that are known to grow and are accepted. A pattern is a name in which {@code *}
 * stands for any characters; it is compared with the whole class name, the whole holder
 * and the kind of a finding.
 */
public final class IgnoreList {

	private final List<Pattern> patterns;

	/**
	 * An ignore list.
	 * @param patterns the patterns
	 */
	public IgnoreList(List<String> patterns) {
		this.patterns = patterns.stream().map(IgnoreList::compile).toList();
	}

	/**
	 * Whether a finding is accepted.
	 * @param finding the finding
	 * @return whether its class or holder matches a pattern
	 */
	public boolean covers(Finding finding) {
		return matches(finding.className()) || matches(finding.holder()) || matches(finding.kind().name());
	}

	/**
	 * Whether a name is accepted.
	 * @param name a class name, a holder or a kind
	 * @return whether it matches a pattern
	 */
	public boolean matches(@Nullable String name) {
		return name != null && this.patterns.stream().anyMatch((pattern) -> pattern.matcher(name).matches());
	}

	private static Pattern compile(String pattern) {
		String regex = Pattern.quote(pattern.strip()).replace("*", "\\E.*\\Q");
		return Pattern.compile(regex, Pattern.DOTALL);
	}

}
