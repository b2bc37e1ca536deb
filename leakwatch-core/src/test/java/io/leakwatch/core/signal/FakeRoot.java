package io.leakwatch.core.signal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder that stands for {@code /}, with what the kernel would show in it.
 */
record FakeRoot(Path path) {

	FakeRoot file(String name, String content) {
		try {
			Path file = this.path.resolve(name);
			Files.createDirectories(file.getParent());
			Files.writeString(file, content);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
