package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link SnapshotFolder}.
 */
class SnapshotFolderTests {

	private final Path directory;

	SnapshotFolderTests(@TempDir Path directory) {
		this.directory = directory.resolve("given");
	}

	@Test
	void openShouldMakeFoldersThatNobodyElseMayEnter() throws IOException {
		try (SnapshotFolder folder = open()) {
			assertThat(folder.path()).isEqualTo(this.directory.resolve("snapshots"));
			assertThat(permissions(this.directory)).isEqualTo("rwx------");
			assertThat(permissions(folder.path())).isEqualTo("rwx------");
			assertThat(permissions(folder.workFolder("d1"))).isEqualTo("rwx------");
		}
	}

	@Test
	void openWhenNothingIsToBeMadeShouldLeaveNoTrace() throws IOException {
		assertThat(SnapshotFolder.open(this.directory, false)).isNull();
		assertThat(this.directory).doesNotExist();
		open().close();
		Objects.requireNonNull(SnapshotFolder.open(this.directory, false)).close();
	}

	@Test
	void openWhenTheDirectoryIsEverybodysShouldStillBePrivate() throws IOException {
		Files.createDirectory(this.directory);
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxrwxrwx"));
		try (SnapshotFolder folder = open()) {
			assertThat(permissions(folder.path())).isEqualTo("rwx------");
			assertThat(permissions(this.directory)).as("not ours to change").isEqualTo("rwxrwxrwx");
		}
	}

	@Test
	void openWhenAnotherServiceHasItShouldTakeTheNext() throws IOException {
		try (SnapshotFolder first = open()) {
			assertThat(first.path()).isEqualTo(this.directory.resolve("snapshots"));
			try (SnapshotFolder second = open()) {
				assertThat(second.path()).isEqualTo(this.directory.resolve("snapshots-2"));
			}
		}
		try (SnapshotFolder third = open()) {
			assertThat(third.path()).isEqualTo(this.directory.resolve("snapshots"));
		}
	}

	@Test
	void openWhenAllAreTakenShouldTellWhatToDo() throws IOException {
		SnapshotFolder[] folders = new SnapshotFolder[9];
		try {
			for (int i = 0; i < folders.length; i++) {
				folders[i] = open();
			}
			assertThatIOException().isThrownBy(this::open).withMessageContaining("leakwatch.snapshots.directory");
		}
		finally {
			for (SnapshotFolder folder : folders) {
				folder.close();
			}
		}
	}

	@Test
	void openWhenOthersMayEnterShouldRefuse() throws IOException {
		open().close();
		Files.setPosixFilePermissions(this.directory.resolve("snapshots"),
				PosixFilePermissions.fromString("rwxr-x---"));
		assertThatIOException().isThrownBy(this::open)
			.withMessageContaining("others than its owner may enter it")
			.withMessageContaining("chmod 700");
	}

	@Test
	void openWhenItBelongsToAnotherUserShouldRefuse() throws IOException {
		open().close();
		Path folder = this.directory.resolve("snapshots");
		assumeThat(giveAway(folder)).as("only root may give a folder away").isTrue();
		assertThatIOException().isThrownBy(this::open).withMessageContaining("belongs to another user");
	}

	@Test
	void openWhenALinkIsInItsPlaceShouldRefuse() throws IOException {
		Path elsewhere = Files.createDirectories(this.directory.resolve("elsewhere"));
		Files.createSymbolicLink(this.directory.resolve("snapshots"), elsewhere);
		assertThatIOException().isThrownBy(this::open).withMessageContaining("it is no folder");
		assertThat(elsewhere).isEmptyDirectory();
	}

	@Test
	void openWhenAFileIsInTheDirectorysPlaceShouldTellSo() throws IOException {
		Files.createFile(this.directory);
		assertThatIOException().isThrownBy(this::open)
			.withMessageContaining("is not used")
			.withMessageContaining("leakwatch.snapshots.directory");
	}

	@Test
	void openShouldRemoveWhatACrashedRunWasMaking() throws IOException {
		Path kept;
		try (SnapshotFolder crashed = open()) {
			Files.writeString(crashed.workFolder("d1").resolve("d1.hprof"), "half a dump");
			Files.writeString(crashed.work("h2.lwp"), "half a profile");
			kept = Files.writeString(crashed.path().resolve("h1.lwp"), "kept");
		}
		try (SnapshotFolder folder = open()) {
			assertThat(folder.path().resolve("work")).doesNotExist();
			assertThat(kept).exists();
		}
	}

	private SnapshotFolder open() throws IOException {
		return Objects.requireNonNull(SnapshotFolder.open(this.directory, true));
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	private static boolean giveAway(Path folder) throws IOException {
		UserPrincipal nobody = nobody(folder);
		if (nobody == null) {
			return false;
		}
		try {
			Files.setOwner(folder, nobody);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static @Nullable UserPrincipal nobody(Path folder) {
		try {
			return folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
		}
		catch (IOException ex) {
			return null;
		}
	}

}
