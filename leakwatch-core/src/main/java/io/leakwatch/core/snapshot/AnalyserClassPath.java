package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.leakwatch.heap.cli.Main;
import org.jspecify.annotations.Nullable;

/**
 * Where a second JVM finds the classes of the heap engine: the jar or the folder that
 * this JVM has them from, or a copy where that is a jar within another, as in an
 * executable jar, which a JVM cannot read by itself. Safe for several threads.
 */
final class AnalyserClassPath {

	private static final String COPY = "leakwatch-heap.jar";

	/** Ends the name of the outer jar in the URLs of Spring Boot since 3.2. */
	private static final String NESTED_END = "/!";

	/** Ends the name of a jar in other URLs. */
	private static final String JAR_END = "!/";

	private final @Nullable URL location;

	private @Nullable Path copied;

	/** The classes of this JVM. */
	AnalyserClassPath() {
		this(locate());
	}

	/**
	 * The classes of another place.
	 * @param location where they are, {@code null} where nobody knows
	 */
	AnalyserClassPath(@Nullable URL location) {
		this.location = location;
	}

	private static @Nullable URL locate() {
		CodeSource source = Main.class.getProtectionDomain().getCodeSource();
		return (source != null) ? source.getLocation() : null;
	}

	/**
	 * Finds the classes. The first time in a folder, a nested jar is copied, anew, as the
	 * one there may be that of an older version of the service.
	 * @param folder a private folder, where a copy may be made
	 * @return a jar or a folder of classes
	 * @throws DumpAnalysisException where there is neither
	 */
	synchronized Path find(Path folder) throws DumpAnalysisException {
		String url = String.valueOf(this.location);
		try {
			String place = url.startsWith("jar:") ? url.substring("jar:".length()) : url;
			if (place.startsWith("nested:")) {
				int end = place.indexOf(NESTED_END);
				return find(folder, url, "file:" + place.substring("nested:".length(), Math.max(0, end)),
						place.substring(end + NESTED_END.length()));
			}
			if (place.startsWith("file:")) {
				int end = place.indexOf(JAR_END);
				return (end < 0) ? find(folder, url, place, "")
						: find(folder, url, place.substring(0, end), place.substring(end + JAR_END.length()));
			}
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			// No name of a file: told below.
		}
		catch (IOException ex) {
			throw new DumpAnalysisException("The classes that analyse a heap dump could not be copied from " + url
					+ " into " + folder + ": " + ex.getMessage(), ex);
		}
		throw unusable(url);
	}

	private Path find(Path folder, String url, String file, String entry) throws IOException, DumpAnalysisException {
		Path outer = Path.of(URI.create(file.replace(" ", "%20")));
		String name = entry.endsWith(JAR_END) ? entry.substring(0, entry.length() - JAR_END.length()) : entry;
		if (!Files.exists(outer) || name.endsWith("/")) {
			throw unusable(url);
		}
		return name.isEmpty() ? outer : copy(outer, URI.create(name).getPath(), folder);
	}

	private Path copy(Path outer, String name, Path folder) throws IOException {
		Path copy = folder.resolve(COPY);
		if (copy.equals(this.copied) && Files.exists(copy)) {
			return copy;
		}
		// Made for its owner alone, as all temporary files are.
		Path part = Files.createTempFile(folder, COPY, ".tmp");
		try (ZipFile jar = new ZipFile(outer.toFile())) {
			ZipEntry entry = jar.getEntry(name);
			if (entry == null) {
				throw new IOException("there is no " + name + " in " + outer);
			}
			try (InputStream in = jar.getInputStream(entry); OutputStream out = Files.newOutputStream(part)) {
				in.transferTo(out);
			}
			Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(part);
		}
		this.copied = copy;
		return copy;
	}

	private static DumpAnalysisException unusable(String url) {
		return new DumpAnalysisException(
				"A second JVM cannot read the classes that analyse a heap dump from where they are (" + url
						+ "): have leakwatch-heap as a jar on the class path, or analyse in process "
						+ "(leakwatch.snapshots.analysis)");
	}

}
