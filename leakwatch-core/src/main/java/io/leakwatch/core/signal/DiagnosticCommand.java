package io.leakwatch.core.signal;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.ObjectName;

import org.jspecify.annotations.Nullable;

/**
 * The diagnostic commands of this JVM, which {@code jcmd} has too. What one costs, and
 * whether it stops the application, is a matter of the command.
 */
public final class DiagnosticCommand {

	private DiagnosticCommand() {
	}

	/**
	 * Runs a command without arguments.
	 * @param name the name of the MBean's operation, such as {@code vmClassHierarchy}
	 * @return what the JVM answers, {@code null} where it has no such command or denies
	 * it
	 */
	public static @Nullable String run(String name) {
		try {
			return invoke(name);
		}
		catch (JMException | RuntimeException ex) {
			return null;
		}
	}

	static String invoke(String name) throws JMException {
		return String.valueOf(ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), name, new Object[] { new String[0] },
					new String[] { String[].class.getName() }));
	}

}
