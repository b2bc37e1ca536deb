package io.leakwatch.example.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A Java agent that does nothing but keep memory: a heap that is nearly full, without
 * waiting for a leak to fill it.
 */
public final class Ballast {

	private static final int ARRAY_BYTES = 1_008;

	private static byte[][] kept = new byte[0][];

	private Ballast() {
	}

	/**
	 * Fills the heap.
	 * @param megabytes how much to keep
	 */
	public static void premain(String megabytes) {
		kept = new byte[Integer.parseInt(megabytes) * 1_024][ARRAY_BYTES];
	}

	/** How many arrays are kept. */
	static int count() {
		return kept.length;
	}

	/** Writes the agent's jar. */
	static Path writeJar(Path folder) throws IOException {
		Path jar = folder.resolve("ballast.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Ballast.class.getName());
		String entry = Ballast.class.getName().replace('.', '/') + ".class";
		try (OutputStream out = Files.newOutputStream(jar);
				JarOutputStream entries = new JarOutputStream(out, manifest);
				InputStream in = Ballast.class.getClassLoader().getResourceAsStream(entry)) {
			if (in == null) {
				throw new IOException("There is no " + entry);
			}
			entries.putNextEntry(new JarEntry(entry));
			in.transferTo(entries);
			entries.closeEntry();
		}
		return jar;
	}

}
