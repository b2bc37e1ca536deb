package io.leakwatch.core.snapshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.leakwatch.core.SettableClock;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.histogram.Histogram;
import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Snapshots} that are kept on disk.
 */
class SnapshotsOnDiskTests {

	private final SettableClock clock = new SettableClock();

	private final Path directory;

	private final Path folder;

	SnapshotsOnDiskTests(@TempDir Path directory) {
		this.directory = directory;
		this.folder = directory.resolve("snapshots");
	}

	@Test
	void listWhenNothingWasEverTakenShouldTouchNothing() {
		try (Snapshots snapshots = snapshots(10)) {
			snapshots.open();
			assertThat(snapshots.list()).isEmpty();
			assertThat(snapshots.find("latest")).isEmpty();
			assertThat(snapshots.delete("h1")).isFalse();
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void takeShouldWriteAProfileThatNobodyElseMayRead() throws IOException {
		try (Snapshots snapshots = snapshots(10)) {
			Snapshot taken = snapshots.take("Größe ✓", false);
			assertThat(files()).containsExactlyInAnyOrder(".lock", "h1.lwp", "h1.properties", "work");
			assertThat(this.folder.resolve("work")).isEmptyDirectory();
			for (String name : new String[] { "h1.lwp", "h1.properties" }) {
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.folder.resolve(name))))
					.isEqualTo("rw-------");
			}
			assertThat(snapshots.profile(taken).find("java.lang.String")).isNotNull();
			assertThat(snapshots.profileFile(taken.id())).isEqualTo(Files.readAllBytes(this.folder.resolve("h1.lwp")));
		}
	}

	@Test
	void listAfterARestartShouldTellWhatWasKept() throws IOException {
		Snapshot taken;
		long strings;
		try (Snapshots snapshots = snapshots(10)) {
			taken = snapshots.take("Größe = ✓ \\ #!", true);
			strings = count(snapshots.profile(taken), "java.lang.String");
			snapshots.add(upload(), "healthy");
			assertThat(taken.ofThisRun()).isTrue();
		}
		try (Snapshots snapshots = snapshots(10)) {
			assertThat(snapshots.list()).extracting(Snapshot::id).containsExactly("h1", "u2");
			assertThat(snapshots.list().get(0)).usingRecursiveComparison().ignoringFields("ofThisRun").isEqualTo(taken);
			assertThat(snapshots.list()).noneMatch(Snapshot::ofThisRun);
			assertThat(snapshots.find("healthy")).map(Snapshot::uploaded).contains(true);
			assertThat(count(snapshots.profile("h1"), "java.lang.String")).isEqualTo(strings);
			assertThat(snapshots.take(null, false).id()).isEqualTo("h3");
			assertThat(snapshots.problems()).isEmpty();
		}
	}

	@Test
	void findAfterARestartShouldKeepRunsApart() {
		try (Snapshots snapshots = snapshots(10)) {
			offer(snapshots, "First");
			this.clock.advance(Duration.ofMinutes(1));
			offer(snapshots, "First");
			assertThat(snapshots.list()).extracting(Snapshot::label).containsExactly("baseline", null);
		}
		try (Snapshots snapshots = snapshots(10)) {
			assertThat(snapshots.find("baseline")).as("of the run before").map(Snapshot::id).contains("h1");
			assertThat(snapshots.find("latest")).map(Snapshot::id).contains("h2");
			assertThat(snapshots.isDue()).as("none of this run").isTrue();
			offer(snapshots, "Second");
			assertThat(snapshots.find("baseline")).map(Snapshot::id).contains("h3");
			assertThat(snapshots.find("latest")).map(Snapshot::id).contains("h3");
			assertThat(snapshots.list()).extracting(Snapshot::label).containsExactly("baseline", null, "baseline");
		}
	}

	@Test
	void addShouldKeepAProfileThatIsNeitherBaselineNorLatest() throws IOException {
		try (Snapshots snapshots = snapshots(10)) {
			Snapshot added = snapshots.add(upload(), null);
			assertThat(added.label()).as("the profile has no title").isNull();
			assertThat(added.isReady()).isTrue();
			assertThat(snapshots.find("latest")).isEmpty();
			assertThat(snapshots.find("baseline")).isEmpty();
			assertThat(count(snapshots.profile(added), "com.acme.Order")).isEqualTo(41);
			assertThat(snapshots.add(upload(), "../../etc/passwd\u001b[2J").label()).isEqualTo("../../etc/passwd?[2J");
			assertThat(files()).contains("u1.lwp", "u2.lwp");
		}
	}

	@Test
	void addWhenItIsNoProfileShouldTellWhy() throws IOException {
		byte[] whole = upload().readAllBytes();
		whole[whole.length - 1] ^= 1;
		try (Snapshots snapshots = snapshots(10)) {
			for (byte[] damaged : new byte[][] { {}, "no profile at all".getBytes(StandardCharsets.UTF_8), whole }) {
				assertThatExceptionOfType(SnapshotUnreadableException.class)
					.isThrownBy(() -> snapshots.add(new ByteArrayInputStream(damaged), null))
					.withMessageContaining("cannot be read as a profile");
			}
			assertThatExceptionOfType(SnapshotUnreadableException.class)
				.isThrownBy(() -> snapshots.add(InputStream.nullInputStream(), null));
			assertThatExceptionOfType(SnapshotUnreadableException.class)
				.isThrownBy(() -> snapshots.add(new ByteArrayInputStream(new byte[9 << 20]), null))
				.withMessageContaining("8.0 MB");
			assertThat(snapshots.list()).isEmpty();
		}
	}

	@Test
	void openWhenFilesAreDamagedShouldSetThemAsideAndTell() throws IOException {
		try (Snapshots snapshots = snapshots(10)) {
			for (int i = 0; i < 4; i++) {
				snapshots.take("number " + i, false);
			}
		}
		Files.writeString(this.folder.resolve("h1.properties"), "kind=HISTOGRAM\ntakenAt=yesterday\n");
		Files.write(this.folder.resolve("h2.lwp"), new byte[10]);
		Files.delete(this.folder.resolve("h3.lwp"));
		Files.writeString(this.folder.resolve("h77.lwp"), "of a run that ended before its properties were written");
		Files.writeString(this.folder.resolve("notes.txt"), "somebody's own");
		try (Snapshots snapshots = snapshots(10)) {
			assertThat(snapshots.list()).extracting(Snapshot::id).containsExactly("h4");
			assertThat(snapshots.problems()).hasSize(3)
				.allMatch((problem) -> problem.contains("is set aside"))
				.anyMatch((problem) -> problem.contains("should have"));
			assertThat(files()).contains("h1.properties.corrupt", "h2.lwp.corrupt", "notes.txt")
				.doesNotContain("h77.lwp", "h1.properties", "h2.properties", "h3.properties");
			assertThat(snapshots.take(null, false).id()).isEqualTo("h78");
		}
		try (Snapshots snapshots = snapshots(10)) {
			assertThat(snapshots.list()).hasSize(2);
			assertThat(snapshots.problems()).as("told once").isEmpty();
		}
	}

	@Test
	void profileWhenItsContentIsDamagedShouldSetItAside() throws IOException {
		try (Snapshots snapshots = snapshots(10)) {
			for (int i = 0; i < 8; i++) {
				Snapshot snapshot = snapshots.take(null, false);
				Path file = this.folder.resolve(snapshot.id() + ".lwp");
				byte[] bytes = Files.readAllBytes(file);
				bytes[bytes.length / 2] ^= 1;
				Files.write(file, bytes);
				assertThatExceptionOfType(SnapshotUnreadableException.class)
					.isThrownBy(() -> snapshots.profile(snapshot))
					.withMessageContaining("set aside");
				assertThat(snapshots.find(snapshot.id())).isEmpty();
				assertThatExceptionOfType(SnapshotUnreadableException.class)
					.isThrownBy(() -> snapshots.profile(snapshot))
					.withMessageContaining("no snapshot of this id");
			}
			assertThat(files()).filteredOn((name) -> name.endsWith(".corrupt")).as("a few are kept").hasSize(4);
			assertThat(snapshots.problems()).hasSize(8);
		}
	}

	@Test
	void takeWhenThereAreTooManyShouldDeleteTheFiles() throws IOException {
		try (Snapshots snapshots = snapshots(2)) {
			for (int i = 0; i < 5; i++) {
				snapshots.take(null, false);
			}
			assertThat(snapshots.list()).extracting(Snapshot::id).containsExactly("h1", "h5");
			assertThat(files()).filteredOn((name) -> name.endsWith(".lwp"))
				.containsExactlyInAnyOrder("h1.lwp", "h5.lwp");
			assertThat(snapshots.delete("h1")).isTrue();
			assertThat(files()).containsExactlyInAnyOrder(".lock", "h5.lwp", "h5.properties", "work");
		}
	}

	@Test
	void takeWhenTheFilesAreTooLargeShouldKeepTheBaselineAndTheNewest() {
		SnapshotSettings tiny = new SnapshotSettings(Duration.ZERO, Duration.ZERO, null, 10, 0, this.directory,
				HeapDumpSettings.DEFAULTS);
		try (Snapshots snapshots = new Snapshots(new ClassHistogram(this.clock), tiny, this.clock)) {
			for (int i = 0; i < 4; i++) {
				snapshots.take(null, false);
			}
			assertThat(snapshots.list()).extracting(Snapshot::id).containsExactly("h1", "h4");
		}
	}

	@Test
	void takeWhenTheFolderCannotBeUsedShouldKeepItInMemory() throws IOException {
		Files.createDirectory(this.folder);
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxrwxrwx"));
		try (Snapshots snapshots = snapshots(10)) {
			Snapshot taken = snapshots.take(null, false);
			assertThat(snapshots.list()).containsExactly(taken);
			assertThat(snapshots.profile(taken).find("java.lang.String")).isNotNull();
			assertThat(snapshots.problems()).hasSize(1).allMatch((problem) -> problem.contains("chmod 700"));
		}
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void takeWhenTheFolderIsGoneShouldKeepItInMemory() throws IOException {
		try (Snapshots snapshots = snapshots(10)) {
			Snapshot before = snapshots.take(null, false);
			SnapshotFolder.deleteTree(this.folder);
			Files.createFile(this.folder);
			Snapshot after = snapshots.take(null, false);
			assertThat(snapshots.profile(after).find("java.lang.String")).isNotNull();
			assertThatExceptionOfType(SnapshotUnreadableException.class).isThrownBy(() -> snapshots.profile(before));
			assertThat(snapshots.list()).containsExactly(after);
			assertThat(snapshots.problems()).anyMatch((problem) -> problem.contains("kept in memory only"));
		}
	}

	@Test
	void takeWhenAnotherServiceHasTheDirectoryShouldNotMeetIt() throws IOException {
		try (Snapshots first = snapshots(10); Snapshots second = snapshots(10)) {
			first.take("of the first", false);
			second.take("of the second", false);
			assertThat(first.list()).extracting(Snapshot::label).containsExactly("of the first");
			assertThat(second.list()).extracting(Snapshot::label).containsExactly("of the second");
			assertThat(this.directory.resolve("snapshots-2").resolve("h1.lwp")).exists();
		}
	}

	@Test
	void profileWhenTheIdIsAPathShouldOnlyLookItUp() throws IOException {
		Files.write(this.directory.resolve("secret.lwp"), upload().readAllBytes());
		try (Snapshots snapshots = snapshots(10)) {
			snapshots.take(null, false);
			for (String hostile : List.of("../secret", "../snapshots/h1", "h1/../h1", "h1\0", "", "/",
					"x".repeat(1 << 20))) {
				assertThat(snapshots.find(hostile)).isEmpty();
				assertThat(snapshots.delete(hostile)).isFalse();
				assertThatExceptionOfType(SnapshotUnreadableException.class)
					.isThrownBy(() -> snapshots.profileFile(hostile))
					.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(200));
			}
			assertThat(snapshots.list()).hasSize(1);
		}
	}

	@Test
	void closeShouldEndTakingButNotReading() {
		Snapshots snapshots = snapshots(10);
		Snapshot taken = snapshots.take(null, false);
		snapshots.close();
		snapshots.close();
		assertThatExceptionOfType(SnapshotRefusedException.class).isThrownBy(() -> snapshots.take(null, false))
			.withMessageContaining("shutting down");
		assertThatExceptionOfType(SnapshotRefusedException.class).isThrownBy(() -> snapshots.add(upload(), null));
		offer(snapshots, "Late");
		assertThat(snapshots.list()).containsExactly(taken);
		assertThat(snapshots.profile(taken).find("java.lang.String")).isNotNull();
	}

	private Snapshots snapshots(int maximumCount) {
		SnapshotSettings settings = new SnapshotSettings(Duration.ofSeconds(1), Duration.ZERO, null, maximumCount,
				SnapshotSettings.DEFAULT_MAXIMUM_BYTES, this.directory, HeapDumpSettings.DEFAULTS);
		return new Snapshots(new ClassHistogram(this.clock), settings, this.clock);
	}

	private void offer(Snapshots snapshots, String className) {
		HeapProfile profile = HeapProfile.of(this.clock.instant(), List.of(new ClassCount(className, 1, 16)));
		snapshots.offer(new Histogram(profile, Duration.ofMillis(8)), Duration.ofMillis(10));
	}

	private InputStream upload() throws IOException {
		Path file = Files.createTempFile("upload", ".lwp");
		try {
			ProfileFile.write(HeapProfile.of(this.clock.instant(), List.of(new ClassCount("com.acme.Order", 41, 656))),
					file);
			return new ByteArrayInputStream(Files.readAllBytes(file));
		}
		finally {
			Files.delete(file);
		}
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.map((file) -> String.valueOf(file.getFileName())).toList();
		}
	}

	private static long count(HeapProfile profile, String className) {
		@Nullable ClassCount count = profile.find(className);
		return (count != null) ? count.count() : 0;
	}

}
