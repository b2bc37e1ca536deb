package io.leakwatch.core.signal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** Reads numbers from the files in which the kernel tells of itself. */
final class SystemFile {

	private SystemFile() {
	}

	/** The number that is all of a file, {@code null} where there is none. */
	static @Nullable Long number(Path file) {
		try {
			return Long.parseLong(Files.readString(file, StandardCharsets.UTF_8).strip());
		}
		catch (IOException | NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * A number from a file of lines.
	 * @param file the file
	 * @param name how the line begins, up to the number
	 * @param unit what may follow the number
	 * @return the number, {@code null} where there is none
	 */
	static @Nullable Long number(Path file, String name, String unit) {
		try {
			for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
				if (line.startsWith(name)) {
					return Long.parseLong(line.substring(name.length()).replace(unit, "").strip());
				}
			}
			return null;
		}
		catch (IOException | NumberFormatException ex) {
			return null;
		}
	}

}
