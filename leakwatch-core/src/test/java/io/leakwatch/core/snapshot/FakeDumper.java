package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Writes 16 bytes, and what a test wants then. */
final class FakeDumper implements HeapDumper {

	final List<Path> dumps = Collections.synchronizedList(new ArrayList<>());

	volatile CountDownLatch gate = new CountDownLatch(0);

	volatile boolean available = true;

	volatile @Nullable String failure;

	@Override
	public boolean isAvailable() {
		return this.available;
	}

	@Override
	public void write(Path file) throws IOException {
		Files.writeString(file, "half of the dump");
		this.dumps.add(file);
		pass(this.gate);
		if (this.failure != null) {
			throw new IOException(this.failure);
		}
	}

	private static void pass(CountDownLatch gate) throws IOException {
		try {
			gate.await(120, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IOException("A dump is not interrupted", ex);
		}
	}

}
