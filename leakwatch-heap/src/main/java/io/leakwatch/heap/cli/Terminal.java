package io.leakwatch.heap.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person watches, and what the person's terminal can show. */
final class Terminal {

	/** Where Linux tells what the open files of the process are. */
	private static final String DESCRIPTORS = "/proc/self/fd/";

	static final int OUT = 1;

	static final int ERR = 2;

	private Terminal() {
	}

	/**
	 * Whether one of the standard streams goes to a terminal. Linux tells for each; of
	 * another system the console must do, which is there when input and output both are
	 * one.
	 */
	static boolean isTerminal(int descriptor) {
		String type = System.getenv("TERM");
		boolean known = type != null || System.getenv("WT_SESSION") != null;
		if (!known || "dumb".equals(type)) {
			return false;
		}
		Path link = Path.of(DESCRIPTORS + descriptor);
		if (!Files.isSymbolicLink(link)) {
			return isConsole();
		}
		try {
			String target = Files.readSymbolicLink(link).toString();
			return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.startsWith("/dev/console");
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** From JDK 22 on there is a console without a terminal too, which says so. */
	@SuppressWarnings("SystemConsoleNull") // A console that is there is asked further
	private static boolean isConsole() {
		Console console = System.console();
		if (console == null) {
			return false;
		}
		try {
			return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (NoSuchMethodException ex) {
			return true;
		}
		catch (ReflectiveOperationException ex) {
			return false;
		}
	}

	/** Whether colours are shown and wanted, which {@code NO_COLOR} denies. */
	static boolean isColoured(int descriptor) {
		String unwanted = System.getenv("NO_COLOR");
		return (unwanted == null || unwanted.isEmpty()) && isTerminal(descriptor);
	}

}
