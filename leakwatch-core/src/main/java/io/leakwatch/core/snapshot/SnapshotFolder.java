package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The private folder of one service's snapshots, {@code snapshots} in the configured
 * directory. It is a folder of its own below that directory, as the latter may be a
 * mounted volume or a shared one, whose owner and permissions are not ours to choose.
 *
 * <p>
 * Its owner is this process's user, and nobody else may enter: a heap dump holds secrets.
 * Where others may, or it belongs to somebody else, it is not used. A lock keeps a second
 * service out, which takes {@code snapshots-2}, up to {@code -9}. What is in its folder
 * {@code work} is under way; a crashed run's is removed when the folder is opened. Where
 * the file system knows no POSIX permissions, those of the directory hold.
 */
final class SnapshotFolder implements AutoCloseable {

	private static final String NAME = "snapshots";

	private static final int MOST_FOLDERS = 9;

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

	private static final Set<PosixFilePermission> FILE_OF_OWNER = PosixFilePermissions.fromString("rw-------");

	private final Path folder;

	private final FileChannel lock;

	private SnapshotFolder(Path folder, FileChannel lock) {
		this.folder = folder;
		this.lock = lock;
	}

	/**
	 * Opens the folder, and locks it.
	 * @param directory the configured directory
	 * @param create whether to make what is not there
	 * @return the folder, or {@code null} where there is none and none is to be made
	 * @throws IOException if it cannot be used, with a sentence that says what to do
	 */
	static @Nullable SnapshotFolder open(Path directory, boolean create) throws IOException {
		for (int number = 1; number <= MOST_FOLDERS; number++) {
			// Absolute, as a second JVM works in a folder of its own.
			Path folder = directory.toAbsolutePath().resolve((number == 1) ? NAME : NAME + "-" + number);
			if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
				if (!create) {
					return null;
				}
				createPrivate(directory, folder);
			}
			check(folder);
			FileChannel lock = lock(folder.resolve(".lock"));
			if (lock != null) {
				SnapshotFolder opened = new SnapshotFolder(folder, lock);
				try {
					deleteTree(opened.work());
					return opened;
				}
				catch (IOException | RuntimeException ex) {
					lock.close();
					throw ex;
				}
			}
		}
		throw new IOException(
				"All of the %d folders for snapshots in %s are used by other services. Set leakwatch.snapshots.directory to one of this service's own."
					.formatted(MOST_FOLDERS, directory));
	}

	/** The folder itself, which holds what is kept. */
	Path path() {
		return this.folder;
	}

	/** Where a file is made that is moved to its place later. */
	Path work(String name) throws IOException {
		if (!Files.isDirectory(work(), LinkOption.NOFOLLOW_LINKS)) {
			createPrivate(this.folder, work());
		}
		return work().resolve(name);
	}

	/** A new folder for what is made and removed again. */
	Path workFolder(String name) throws IOException {
		Path made = work(name);
		createPrivate(work(), made);
		// Whoever may rename the directory above could have put another in its place.
		check(made);
		return made;
	}

	/** Takes a file away from everybody but its owner. */
	static void protect(Path file) throws IOException {
		if (hasPermissions(file)) {
			Files.setPosixFilePermissions(file, FILE_OF_OWNER);
		}
	}

	@Override
	public void close() throws IOException {
		this.lock.close();
	}

	private Path work() {
		return this.folder.resolve("work");
	}

	/** Removes a folder and all that is in it. */
	static void deleteTree(Path tree) throws IOException {
		if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
			Files.walkFileTree(tree, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					Files.delete(file);
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException ex) throws IOException {
					Files.delete(emptied);
					return FileVisitResult.CONTINUE;
				}

			});
		}
	}

	private static void createPrivate(Path directory, Path folder) throws IOException {
		boolean permissions = hasPermissions(existing(directory.toAbsolutePath()));
		FileAttribute<?>[] attributes = permissions
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(OWNER_ONLY) } : new FileAttribute<?>[0];
		try {
			if (!Files.isDirectory(directory)) {
				Files.createDirectories(directory, attributes);
			}
			Files.createDirectory(folder, attributes);
		}
		catch (FileAlreadyExistsException ex) {
			if (!Files.isDirectory(folder)) {
				throw unusable(folder, "there is a file in its place");
			}
			// Another service was first; the lock decides whose it is.
		}
		catch (IOException ex) {
			throw unusable(folder, "it cannot be made: " + ex);
		}
	}

	private static Path existing(Path path) {
		Path existing = path;
		Path parent = path.getParent();
		while (!Files.exists(existing) && parent != null) {
			existing = parent;
			parent = existing.getParent();
		}
		return existing;
	}

	private static void check(Path folder) throws IOException {
		if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
			throw unusable(folder, "it is no folder");
		}
		if (!hasPermissions(folder)) {
			return;
		}
		Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
		others.removeAll(OWNER_ONLY);
		if (!others.isEmpty()) {
			throw unusable(folder, "others than its owner may enter it (" + PosixFilePermissions.toString(others)
					+ "); a heap dump holds secrets. Take the permissions away (chmod 700), or remove it");
		}
		Path probe;
		try {
			// Its owner is who this process runs as, which no other way tells for sure.
			probe = Files.createTempFile(folder, "owner", ".tmp");
		}
		catch (IOException ex) {
			throw unusable(folder, "it cannot be written: " + ex);
		}
		try {
			if (!Files.getOwner(probe).equals(Files.getOwner(folder))) {
				throw unusable(folder, "it belongs to another user, " + Files.getOwner(folder));
			}
		}
		finally {
			Files.delete(probe);
		}
	}

	/** Locks the file, or returns {@code null} where another holds it. */
	private static @Nullable FileChannel lock(Path file) throws IOException {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				LinkOption.NOFOLLOW_LINKS);
		boolean locked = false;
		try {
			FileLock lock = channel.tryLock();
			locked = lock != null;
		}
		catch (OverlappingFileLockException ex) {
			// Held by another context in this very process.
		}
		finally {
			if (!locked) {
				channel.close();
			}
		}
		return locked ? channel : null;
	}

	private static boolean hasPermissions(Path path) {
		return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
	}

	private static IOException unusable(Path folder, String reason) {
		return new IOException(
				"The folder for snapshots, %s, is not used: %s. Or set leakwatch.snapshots.directory to another one."
					.formatted(folder, reason));
	}

}
