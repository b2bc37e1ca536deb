package io.leakwatch.core.signal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;

import org.jspecify.annotations.Nullable;

/**
 * Counts the class loaders, by the {@code DiagnosticCommand} MBean. Stops the application
 * for some milliseconds, the longer the more loaders there are.
 */
public final class ClassLoaderCount {

	private static final Pattern TOTAL = Pattern.compile("^Total\\s*=\\s*(\\d+)", Pattern.MULTILINE);

	/**
	 * A count in this JVM.
	 */
	public ClassLoaderCount() {
	}

	/**
	 * Counts now.
	 * @return the class loaders, {@code null} where the JVM's answer does not tell
	 * @throws JMException where the JVM has no such command, or denies it
	 */
	public @Nullable Integer read() throws JMException {
		Matcher matcher = TOTAL.matcher(DiagnosticCommand.invoke("vmClassloaderStats"));
		return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
	}

}
