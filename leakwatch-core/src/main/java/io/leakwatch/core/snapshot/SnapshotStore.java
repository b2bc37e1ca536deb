package io.leakwatch.core.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that are kept: the list in memory, the profiles on disk, or in memory
 * where there is no folder for them. The folder is opened at the first use, and made when
 * there is something to write. When there are more than the maximum, or they are larger,
 * the oldest automatic one goes first, then the oldest of all; the baseline, the newest
 * and the one that was just added stay. Safe for several threads.
 */
final class SnapshotStore implements AutoCloseable {

	private static final int MOST_FAILED = 5;

	private final SnapshotSettings settings;

	private final Problems problems;

	private final List<Snapshot> snapshots = new ArrayList<>();

	private final Map<String, HeapProfile> inMemory = new HashMap<>();

	private @Nullable SnapshotFiles files;

	/** Whether it was looked for a folder that is there already. */
	private boolean looked;

	/** Why there is no folder, {@code null} unless it was tried in vain. */
	private @Nullable String unusable;

	private long number;

	SnapshotStore(SnapshotSettings settings, Problems problems) {
		this.settings = settings;
		this.problems = problems;
	}

	/** The snapshots, oldest first. */
	synchronized List<Snapshot> list() {
		open(false);
		return List.copyOf(this.snapshots);
	}

	/** Looks one up, as {@link Snapshots#find(String)} tells. */
	synchronized Optional<Snapshot> find(String reference) {
		open(false);
		return References.find(this.snapshots, reference);
	}

	/** An identity that none has had here. */
	synchronized String nextId(char kind) {
		open(true);
		return kind + Long.toString(++this.number);
	}

	/** Adds one that has no profile yet. */
	synchronized void begin(Snapshot snapshot) {
		this.snapshots.add(snapshot);
	}

	/**
	 * Puts another state in the place of the one before.
	 * @return whether it is still there
	 */
	synchronized boolean update(Snapshot snapshot) {
		for (int i = 0; i < this.snapshots.size(); i++) {
			if (this.snapshots.get(i).id().equals(snapshot.id())) {
				this.snapshots.set(i, snapshot);
				removeWhatIsTooMuch();
				return true;
			}
		}
		return false;
	}

	/** Adds one that is ready, and is not seen before its profile can be read. */
	void add(Snapshot snapshot, HeapProfile profile) {
		byte[] file = file(profile);
		synchronized (this) {
			begin(snapshot);
			finish(snapshot, profile, file);
		}
	}

	/**
	 * Keeps the profile of one that has become ready.
	 * @return whether it is still there
	 */
	boolean finish(Snapshot snapshot, HeapProfile profile) {
		return finish(snapshot, profile, file(profile));
	}

	/** Not to be called with the lock: deflating takes a while. */
	private byte[] file(HeapProfile profile) {
		return (files() != null) ? bytes(profile) : new byte[0];
	}

	private synchronized boolean finish(Snapshot snapshot, HeapProfile profile, byte[] file) {
		if (this.snapshots.stream().noneMatch((present) -> present.id().equals(snapshot.id()))) {
			return false;
		}
		boolean written = false;
		SnapshotFiles folder = this.files;
		if (folder != null) {
			try {
				folder.write(snapshot, file);
				written = true;
			}
			catch (IOException ex) {
				this.problems.add("The snapshot %s is kept in memory only, as it cannot be written to disk: %s"
					.formatted(snapshot.id(), ex));
			}
		}
		if (!written) {
			this.inMemory.put(snapshot.id(), profile);
		}
		return update(snapshot);
	}

	/**
	 * What a snapshot saw.
	 * @throws SnapshotUnreadableException if there is nothing to be read
	 */
	HeapProfile profile(String id) {
		byte[] file;
		synchronized (this) {
			HeapProfile profile = this.inMemory.get(id);
			if (profile != null) {
				return profile;
			}
			file = file(id);
		}
		try {
			return ProfileFile.read(new ByteArrayInputStream(file), id + SnapshotFiles.PROFILE);
		}
		catch (IOException ex) {
			throw setAside(id, ex);
		}
	}

	/** What a snapshot saw, as {@link Snapshots#profileFile(String)} tells. */
	byte[] profileFile(String id) {
		return bytes(profile(id));
	}

	synchronized boolean delete(String id) {
		open(false);
		Optional<Snapshot> present = this.snapshots.stream().filter((snapshot) -> snapshot.id().equals(id)).findFirst();
		present.ifPresent(this::remove);
		return present.isPresent();
	}

	/**
	 * The files, for a heap dump.
	 * @return {@code null} where there is no folder, and {@link #unusable()} tells why
	 */
	synchronized @Nullable SnapshotFiles files() {
		open(true);
		return this.files;
	}

	/** Why there is no folder. */
	synchronized String unusable() {
		return (this.unusable != null) ? this.unusable
				: "There is no folder for heap dumps. Set leakwatch.snapshots.directory.";
	}

	/** Gives the folder free for another service. What is in it can still be read. */
	@Override
	public synchronized void close() {
		SnapshotFiles folder = this.files;
		if (folder != null) {
			try {
				folder.close();
			}
			catch (IOException ex) {
				this.problems.add("The folder for snapshots cannot be unlocked: " + ex);
			}
		}
	}

	private void open(boolean create) {
		Path directory = this.settings.directory();
		if (directory == null || this.files != null || this.unusable != null || (this.looked && !create)) {
			return;
		}
		this.looked = true;
		try {
			SnapshotFolder folder = SnapshotFolder.open(directory, create);
			if (folder != null) {
				SnapshotFiles opened = new SnapshotFiles(folder);
				SnapshotFiles.Loaded loaded = opened.load(this.problems);
				this.snapshots.addAll(0, loaded.snapshots());
				this.number = loaded.highestNumber();
				this.files = opened;
				removeWhatIsTooMuch();
			}
		}
		catch (IOException | RuntimeException ex) {
			this.unusable = String.valueOf(ex.getMessage());
			this.problems
				.add(this.unusable + " Until a restart, histograms are kept in memory, and no heap dump is taken.");
		}
	}

	private byte[] file(String id) {
		Snapshot snapshot = this.snapshots.stream()
			.filter((present) -> present.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new SnapshotUnreadableException(
					"There is no snapshot of this id any more. List the snapshots that there are.", null));
		if (!snapshot.isReady()) {
			throw new SnapshotUnreadableException(
					(snapshot.state() == SnapshotState.FAILED)
							? "The snapshot %s failed, so there is nothing to compare. Delete it, and take another."
								.formatted(id)
							: "The snapshot %s is not ready yet. Ask again in a while.".formatted(id),
					null);
		}
		try {
			SnapshotFiles folder = this.files;
			if (folder == null) {
				throw new NoSuchFileException(id + SnapshotFiles.PROFILE);
			}
			return folder.profile(id);
		}
		catch (IOException ex) {
			throw setAside(id, ex);
		}
	}

	private synchronized SnapshotUnreadableException setAside(String id, IOException cause) {
		String sentence = "The profile of the snapshot %s cannot be read and is set aside: %s".formatted(id, cause);
		this.problems.add(sentence);
		SnapshotFiles folder = this.files;
		try {
			if (folder != null) {
				folder.setAside(id, SnapshotFiles.PROFILE);
			}
		}
		catch (IOException ex) {
			this.problems.add("It could not even be set aside: " + ex);
		}
		delete(id);
		return new SnapshotUnreadableException(sentence, cause);
	}

	private void removeWhatIsTooMuch() {
		removeOldestWhile((snapshot) -> snapshot.state() == SnapshotState.FAILED,
				(failed) -> failed.size() > MOST_FAILED);
		Snapshot baseline = References.find(this.snapshots, References.BASELINE).orElse(null);
		Snapshot newest = References.find(this.snapshots, References.LATEST).orElse(null);
		while (true) {
			List<Snapshot> ready = this.snapshots.stream().filter(Snapshot::isReady).toList();
			long bytes = ready.stream().mapToLong(this::profileBytes).sum();
			if (ready.size() <= this.settings.maximumCount() && bytes <= this.settings.maximumBytes()) {
				return;
			}
			Optional<Snapshot> dispensable = ready.subList(0, ready.size() - 1)
				.stream()
				.filter((snapshot) -> !snapshot.equals(baseline) && !snapshot.equals(newest))
				.min(Comparator.comparing((Snapshot snapshot) -> !snapshot.automatic()));
			if (dispensable.isEmpty()) {
				return;
			}
			remove(dispensable.get());
		}
	}

	private void removeOldestWhile(Predicate<Snapshot> of, Predicate<List<Snapshot>> tooMuch) {
		List<Snapshot> some = this.snapshots.stream().filter(of).toList();
		while (tooMuch.test(some)) {
			remove(some.get(0));
			some = some.subList(1, some.size());
		}
	}

	private long profileBytes(Snapshot snapshot) {
		return (this.files != null) ? this.files.profileBytes(snapshot.id()) : 0;
	}

	private void remove(Snapshot snapshot) {
		this.snapshots.remove(snapshot);
		this.inMemory.remove(snapshot.id());
		SnapshotFiles folder = this.files;
		if (folder != null) {
			try {
				folder.delete(snapshot.id());
			}
			catch (IOException ex) {
				this.problems.add("The files of the snapshot %s cannot be deleted: %s".formatted(snapshot.id(), ex));
			}
		}
	}

	private static byte[] bytes(HeapProfile profile) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			ProfileFile.write(profile, bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Memory can always be written", ex);
		}
		return bytes.toByteArray();
	}

}
