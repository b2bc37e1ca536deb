package io.leakwatch.core.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import io.leakwatch.heap.profile.ProfileFile;
import org.jspecify.annotations.Nullable;

/** Writes a profile with one class, or does what a test wants. */
final class FakeAnalyser implements DumpAnalyser {

	final CountDownLatch entered = new CountDownLatch(1);

	volatile CountDownLatch gate = new CountDownLatch(0);

	volatile boolean read;

	volatile long size;

	volatile String begin = "";

	volatile String permissions = "";

	volatile @Nullable String refusal;

	volatile @Nullable DumpAnalysisException failure;

	volatile @Nullable RuntimeException bug;

	volatile byte @Nullable [] profile = profile();

	@Override
	public void analyse(Path dump, Path result, AnalysisProgress listener)
			throws DumpAnalysisException, InterruptedException {
		listener.at("references", 0.427);
		this.entered.countDown();
		this.gate.await(120, TimeUnit.SECONDS);
		try {
			if (this.read) {
				this.size = Files.size(dump);
				this.begin = new String(Files.newInputStream(dump).readNBytes(20), StandardCharsets.UTF_8);
				this.permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(dump));
			}
			Files.writeString(Objects.requireNonNull(dump.getParent()).resolve("table.tmp"), "left over");
			if (this.failure != null) {
				throw this.failure;
			}
			if (this.bug != null) {
				throw this.bug;
			}
			if (this.profile != null) {
				Files.write(result, this.profile);
			}
		}
		catch (IOException ex) {
			throw new DumpAnalysisException("The test failed", ex);
		}
	}

	@Override
	public @Nullable String refusal(long dumpBytes) {
		return this.refusal;
	}

	private static byte[] profile() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			ProfileFile.write(HeapProfile.builder(Instant.EPOCH, HeapProfile.Kind.HEAP_DUMP)
				.classes(List.of(new ClassCount("com.acme.Order", 41, 656)))
				.build(), bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
