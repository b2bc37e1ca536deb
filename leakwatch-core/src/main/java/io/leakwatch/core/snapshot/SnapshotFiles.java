package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Snapshots as files: {@code <id>.lwp} is the profile, {@code <id>.properties} what the
 * listing tells, and {@code <id>.hprof} the heap dump, where it is kept. A snapshot is
 * there when its properties are, which are written last. Each file is made elsewhere and
 * moved to its place, so none is ever half written. For one thread at a time; paths are
 * made from our own identities alone.
 */
final class SnapshotFiles implements AutoCloseable {

	static final String PROFILE = ".lwp";

	static final String PROPERTIES = ".properties";

	static final String DUMP = ".hprof";

	private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

	private static final String CORRUPT = ".corrupt";

	private static final int MOST_CORRUPT = 4;

	/** Longer ones are not ours. */
	private static final int MAXIMUM_PROPERTIES = 64 << 10;

	private static final Pattern FILE = Pattern.compile("([hdu]([0-9]{1,15}))(\\.[a-z]+)(\\.corrupt)?");

	private final SnapshotFolder folder;

	private final Map<String, Long> profileBytes = new HashMap<>();

	SnapshotFiles(SnapshotFolder folder) {
		this.folder = folder;
	}

	/**
	 * Reads what earlier runs have left.
	 * @param problems is told of each file that was set aside
	 * @return what can be read, oldest first
	 */
	Loaded load(Problems problems) throws IOException {
		List<Snapshot> snapshots = new ArrayList<>();
		List<Path> profiles = new ArrayList<>();
		long highest = 0;
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.folder.path())) {
			for (Path file : files) {
				Matcher matcher = FILE.matcher(String.valueOf(file.getFileName()));
				if (matcher.matches()) {
					highest = Math.max(highest, Long.parseLong(matcher.group(2)));
					if (matcher.group(4) == null && matcher.group(3).equals(PROPERTIES)) {
						load(matcher.group(1), snapshots, problems);
					}
					else if (matcher.group(4) == null && matcher.group(3).equals(PROFILE)) {
						profiles.add(file);
					}
				}
			}
		}
		for (Path profile : profiles) {
			String name = String.valueOf(profile.getFileName());
			if (!this.profileBytes.containsKey(name.substring(0, name.length() - PROFILE.length()))) {
				// Its properties were not written any more when the run before ended.
				Files.deleteIfExists(profile);
			}
		}
		// In the order in which they came, which the clock may not have.
		snapshots.sort(Comparator.comparing((snapshot) -> Long.valueOf(snapshot.id().substring(1))));
		return new Loaded(snapshots, highest);
	}

	void write(Snapshot snapshot, byte[] profile) throws IOException {
		put(profile, snapshot.id() + PROFILE);
		Path properties = this.folder.work(snapshot.id() + PROPERTIES);
		try (Writer writer = Files.newBufferedWriter(properties, StandardCharsets.UTF_8)) {
			SnapshotProperties.write(snapshot, profile.length).store(writer, null);
		}
		move(properties, snapshot.id() + PROPERTIES);
		this.profileBytes.put(snapshot.id(), (long) profile.length);
	}

	byte[] profile(String id) throws IOException {
		return Files.readAllBytes(file(id, PROFILE));
	}

	/** The bytes of a snapshot's profile, 0 where it is none of these. */
	long profileBytes(String id) {
		return this.profileBytes.getOrDefault(id, 0L);
	}

	void delete(String id) throws IOException {
		this.profileBytes.remove(id);
		Files.deleteIfExists(file(id, PROPERTIES));
		Files.deleteIfExists(file(id, PROFILE));
		Files.deleteIfExists(file(id, DUMP));
	}

	/** Renames a file that cannot be read, and removes the oldest such but a few. */
	void setAside(String id, String suffix) throws IOException {
		this.profileBytes.remove(id);
		try {
			Files.move(file(id, suffix), file(id, suffix + CORRUPT), StandardCopyOption.REPLACE_EXISTING);
		}
		catch (NoSuchFileException ex) {
			// Somebody has removed it, which is as good.
		}
		List<Path> aside = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.folder.path(), "*" + CORRUPT)) {
			files.forEach(aside::add);
		}
		aside.sort(Comparator.comparing((file) -> file.toFile().lastModified()));
		for (Path file : aside.subList(0, Math.max(0, aside.size() - MOST_CORRUPT))) {
			Files.deleteIfExists(file);
		}
	}

	/** A new folder for the files of a dump until it is analysed. */
	Path workFolder(String id) throws IOException {
		return this.folder.workFolder(id);
	}

	/** Keeps a dump that is in such a folder. */
	Path keepDump(Path dump, String id) throws IOException {
		return move(dump, id + DUMP);
	}

	/** The bytes of all dumps that are kept. */
	long dumpBytes() throws IOException {
		long bytes = 0;
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.folder.path(), "*" + DUMP)) {
			for (Path file : files) {
				bytes += Files.size(file);
			}
		}
		return bytes;
	}

	/** Whether the files are kept in memory, where they count against its limit. */
	boolean isInMemory() throws IOException {
		return IN_MEMORY.contains(Files.getFileStore(this.folder.path()).type());
	}

	/** The bytes that may be written to the disk. */
	long usableBytes() throws IOException {
		return Files.getFileStore(this.folder.path()).getUsableSpace();
	}

	@Override
	public void close() throws IOException {
		this.folder.close();
	}

	private void load(String id, List<Snapshot> snapshots, Problems problems) throws IOException {
		Path file = file(id, PROPERTIES);
		try {
			if (Files.size(file) > MAXIMUM_PROPERTIES) {
				throw new IllegalArgumentException("it is too large");
			}
			Properties properties = new Properties();
			try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
				properties.load(reader);
			}
			Snapshot snapshot = SnapshotProperties.read(id, properties);
			long bytes = SnapshotProperties.profileBytes(properties);
			long found = Files.size(file(id, PROFILE));
			if (bytes != found) {
				setAside(id, PROFILE);
				throw new IllegalArgumentException(
						"its profile should have %d bytes, and has %d".formatted(bytes, found));
			}
			this.profileBytes.put(id, bytes);
			snapshots.add(snapshot);
		}
		catch (IOException | IllegalArgumentException ex) {
			problems.add("The snapshot %s of an earlier run cannot be read and is set aside: %s".formatted(id, ex));
			try {
				setAside(id, PROPERTIES);
			}
			catch (IOException notMoved) {
				problems.add("The files of the snapshot %s cannot be set aside: %s".formatted(id, notMoved));
			}
		}
	}

	private void put(byte[] bytes, String name) throws IOException {
		Path made = this.folder.work(name);
		Files.write(made, bytes);
		move(made, name);
	}

	private Path move(Path made, String name) throws IOException {
		SnapshotFolder.protect(made);
		return Files.move(made, this.folder.path().resolve(name), StandardCopyOption.ATOMIC_MOVE);
	}

	private Path file(String id, String suffix) {
		return this.folder.path().resolve(id + suffix);
	}

	/**
	 * What earlier runs have left.
	 *
	 * @param snapshots what can be read, oldest first
	 * @param highestNumber the highest number of any identity
	 */
	record Loaded(List<Snapshot> snapshots, long highestNumber) {
	}

}
