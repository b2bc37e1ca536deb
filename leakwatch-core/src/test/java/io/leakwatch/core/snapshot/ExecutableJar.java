package io.leakwatch.core.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A jar with a jar in it, stored as it is, as Spring Boot packages a service.
 */
final class ExecutableJar {

	static final String NESTED = "BOOT-INF/lib/leakwatch-heap-1.0.jar";

	private ExecutableJar() {
	}

	/** Writes one with the classes of a jar or a folder. */
	static Path write(Path file, Path classes) throws IOException {
		return write(file, Files.isDirectory(classes) ? jar(classes) : Files.readAllBytes(classes));
	}

	static Path write(Path file, byte[] nested) throws IOException {
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			zip.setMethod(ZipOutputStream.STORED);
			ZipEntry entry = new ZipEntry(NESTED);
			CRC32 crc = new CRC32();
			crc.update(nested);
			entry.setCrc(crc.getValue());
			entry.setSize(nested.length);
			zip.putNextEntry(entry);
			zip.write(nested);
			zip.closeEntry();
		}
		return file;
	}

	private static byte[] jar(Path folder) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes); Stream<Path> walk = Files.walk(folder)) {
			List<Path> files = walk.filter(Files::isRegularFile).toList();
			for (Path each : files) {
				zip.putNextEntry(new ZipEntry(folder.relativize(each).toString().replace('\\', '/')));
				zip.write(Files.readAllBytes(each));
				zip.closeEntry();
			}
		}
		return bytes.toByteArray();
	}

}
