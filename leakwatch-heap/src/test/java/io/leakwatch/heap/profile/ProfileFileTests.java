package io.leakwatch.heap.profile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ProfileFile}.
 */
class ProfileFileTests {

	@Test
	void readShouldGiveWhatWasWritten(@TempDir Path folder) throws IOException {
		HeapProfile profile = profile(500);
		Path file = folder.resolve("a.lwp");
		ProfileFile.write(profile, file);
		HeapProfile read = ProfileFile.read(file);
		assertThat(read.takenAt()).isEqualTo(profile.takenAt());
		assertThat(read.kind()).isEqualTo(HeapProfile.Kind.HEAP_DUMP);
		assertThat(read.title()).isEqualTo("vorher.hprof");
		assertThat(read.classes()).isEqualTo(profile.classes());
		assertThat(read.totalCount()).isEqualTo(profile.totalCount());
		assertThat(read.totalShallowBytes()).isEqualTo(profile.totalShallowBytes());
		assertThat(read.unreachableCount()).isEqualTo(3);
		assertThat(read.unreachableBytes()).isEqualTo(96);
		assertThat(read.loaders()).isEqualTo(profile.loaders());
		assertThat(read.threads()).isEqualTo(profile.threads());
		assertThat(read.beans()).isEqualTo(profile.beans()).hasSize(500);
		assertThat(bytes(read)).isEqualTo(bytes(profile));
	}

	@Test
	void writeWhenHeapIsLargeShouldStaySmall() throws IOException {
		HeapProfile profile = profile(200_000);
		assertThat(profile.paths().size()).isLessThanOrEqualTo(2 * HeapProfile.MAXIMUM_PATHS);
		assertThat(bytes(profile)).hasSizeLessThan(400_000);
	}

	@Test
	void writeWhenNamesAreVeryLongShouldCutThem() throws IOException {
		HeapProfile profile = HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HISTOGRAM)
			.title("\u00e9".repeat(60_000))
			.classes(List.of(new ClassCount("a".repeat(60_000), 1, 1)))
			.build();
		HeapProfile read = ProfileFile.read(new ByteArrayInputStream(bytes(profile)), "long");
		assertThat(read.title()).hasSize(166);
		assertThat(read.classes().get(0).className()).hasSize(500);
	}

	@Test
	void readWhenSectionIsNotKnownShouldSkipIt() throws IOException {
		byte[] body = ProfileSections.write(profile(10));
		byte[] longer = Arrays.copyOf(body, body.length + 5);
		System.arraycopy(new byte[] { 99, 3, 1, 2, 3 }, 0, longer, body.length, 5);
		HeapProfile read = ProfileFile.read(new ByteArrayInputStream(ProfileFile.frame(longer)), "later");
		assertThat(read.paths().size()).isEqualTo(11);
	}

	@Test
	void readWhenWrittenBeforeThereWereBeansShouldTellNone() throws IOException {
		HeapProfile profile = profile(20);
		byte[] body = retagged(ProfileSections.write(profile), (tag) -> (tag < 7) ? tag : 0);
		HeapProfile read = ProfileFile.read(new ByteArrayInputStream(ProfileFile.frame(body)), "earlier");
		assertThat(read.beans()).isEmpty();
		assertThat(read.classes()).isEqualTo(profile.classes());
		assertThat(read.threads()).isEqualTo(profile.threads());
		assertThat(read.loaders()).isEqualTo(profile.loaders().stream().map((loader) -> loader.heldBy("")).toList());
	}

	@Test
	void readWhenSectionsOfBeansAreNotKnownShouldReadTheRest() throws IOException {
		HeapProfile profile = profile(20);
		// To a reader that knows of no beans their tag is as any other.
		byte[] body = retagged(ProfileSections.write(profile), (tag) -> (tag == 7) ? 100 : tag);
		HeapProfile read = ProfileFile.read(new ByteArrayInputStream(ProfileFile.frame(body)), "later");
		assertThat(read.beans()).isEmpty();
		assertThat(read.loaders()).isEqualTo(profile.loaders());
		assertThat(bytes(read)).hasSizeLessThan(bytes(profile).length);
	}

	@Test
	void readWhenNotAProfileShouldTellFileOffsetExpectedAndFound(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("notes.txt"), "some notes that are no profile at all");
		assertThatExceptionOfType(ProfileFormatException.class).isThrownBy(() -> ProfileFile.read(file))
			.withMessageStartingWith("notes.txt: at byte 0: expected the letters LEAKWP")
			.satisfies((ex) -> assertThat(ex.file()).isEqualTo("notes.txt"))
			.satisfies((ex) -> assertThat(ex.offset()).isZero());
	}

	@Test
	void readWhenOfAnotherVersionShouldSaySo() throws IOException {
		byte[] bytes = bytes(profile(10));
		bytes[7] = 9;
		assertThatExceptionOfType(ProfileFormatException.class)
			.isThrownBy(() -> ProfileFile.read(new ByteArrayInputStream(bytes), "next"))
			.withMessage("next: at byte 6: expected version 1, found version 9");
	}

	@Test
	void readWhenTruncatedAnywhereShouldRefuse() throws IOException {
		byte[] bytes = bytes(profile(20));
		for (int length = 0; length < bytes.length; length++) {
			byte[] truncated = Arrays.copyOf(bytes, length);
			assertThatExceptionOfType(ProfileFormatException.class)
				.isThrownBy(() -> ProfileFile.read(new ByteArrayInputStream(truncated), "cut"));
		}
	}

	@Test
	void readWhenABitIsFlippedAnywhereShouldRefuse() throws IOException {
		byte[] bytes = bytes(profile(20));
		for (int bit = 0; bit < bytes.length * 8; bit++) {
			bytes[bit / 8] ^= (byte) (1 << bit % 8);
			assertThatExceptionOfType(ProfileFormatException.class)
				.isThrownBy(() -> ProfileFile.read(new ByteArrayInputStream(bytes), "flipped"));
			bytes[bit / 8] ^= (byte) (1 << bit % 8);
		}
	}

	@Test
	void readWhenBodyLiesBehindARightChecksumShouldReadOrRefuse() {
		byte[] body = ProfileSections.write(profile(20));
		Random random = new Random(42);
		int refused = 0;
		int runs = 20_000;
		for (int run = 0; run < runs; run++) {
			byte[] damaged = Arrays.copyOf(body, (random.nextInt(4) == 0) ? random.nextInt(body.length) : body.length);
			for (int i = 0; i < 1 + random.nextInt(3) && damaged.length > 0; i++) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			}
			try {
				HeapProfile read = ProfileSections.read(new ProfileInput("damaged", damaged));
				read.classes().forEach((each) -> read.find(each.className()));
			}
			catch (ProfileFormatException ex) {
				assertThat(ex).hasMessageContaining("damaged: at byte ");
				refused++;
			}
		}
		assertThat(refused).isBetween(runs / 10, runs);
	}

	@Test
	void readWhenBodyClaimsToBeHugeShouldRefuse() throws IOException {
		byte[] bytes = bytes(profile(10));
		bytes[8] = 0x7F;
		assertThatExceptionOfType(ProfileFormatException.class)
			.isThrownBy(() -> ProfileFile.read(new ByteArrayInputStream(bytes), "huge"))
			.withMessageContaining("at byte 8: expected a body of at most");
	}

	/** The body with another tag for some sections, without those whose tag is 0. */
	private static byte[] retagged(byte[] body, IntUnaryOperator tags) {
		ByteArrayOutputStream kept = new ByteArrayOutputStream();
		for (int at = 0; at < body.length;) {
			int tag = body[at++];
			int length = 0;
			for (int shift = 0, more = 0x80; more != 0; shift += 7) {
				more = body[at] & 0x80;
				length |= (body[at++] & 0x7F) << shift;
			}
			if (tags.applyAsInt(tag) != 0) {
				append(kept, tags.applyAsInt(tag), Arrays.copyOfRange(body, at, at + length));
			}
			at += length;
		}
		return kept.toByteArray();
	}

	private static void append(ByteArrayOutputStream to, int tag, byte[] section) {
		to.write(tag);
		int rest = section.length;
		for (; rest > 0x7F; rest >>>= 7) {
			to.write((rest & 0x7F) | 0x80);
		}
		to.write(rest);
		to.writeBytes(section);
	}

	private static byte[] bytes(HeapProfile profile) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ProfileFile.write(profile, out);
		return out.toByteArray();
	}

	private static HeapProfile profile(int size) {
		Random random = new Random(size);
		List<ClassCount> classes = new ArrayList<>();
		List<LoaderUse> loaders = new ArrayList<>();
		List<ThreadUse> threads = new ArrayList<>();
		List<BeanUse> beans = new ArrayList<>();
		PathTree.Builder paths = PathTree.builder();
		for (int i = 0; i < size; i++) {
			String name = "com.acme.some.deeper.module.Class" + i;
			long count = random.nextInt(1_000_000);
			classes.add(new ClassCount(name, count, count * 24, random.nextInt(Integer.MAX_VALUE) - 1));
			loaders.add(new LoaderUse("loader-" + i, "com.acme.Loader", 1, 4, 5, 6, 7,
					"static com.acme.Plugins.ALL → com.acme.Plugin" + i + ".loader (com.acme.Loader)"));
			threads.add(new ThreadUse("pool-#-" + i, 3, -1));
			beans.add(new BeanUse("some.configuration.Bean" + i, name, (i % 9 == 0) ? "management" : "",
					(i % 7 == 0) ? BeanUse.Scope.SCOPED : BeanUse.Scope.SINGLETON, 1, count, count / 2, i % 5 - 1));
			paths.add(random.nextInt(i + 1), name + ".field" + i % 7, "com.acme.some.Value" + i % 900, count, count * 8,
					count * 100, count * 50);
		}
		return HeapProfile.builder(Instant.parse("2026-01-01T00:00:00.123456789Z"), HeapProfile.Kind.HEAP_DUMP)
			.title("vorher.hprof")
			.classes(classes)
			.unreachable(3, 96)
			.paths(paths.build())
			.loaders(loaders)
			.threads(threads)
			.beans(beans)
			.build();
	}

}
