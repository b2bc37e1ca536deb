package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.leakwatch.core.SettableClock;
import io.leakwatch.core.histogram.ClassHistogram;
import io.leakwatch.core.snapshot.SnapshotRefusedException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link HeapDumps} and {@link HeapDumpRun}, by way of {@link Snapshots}.
 */
class HeapDumpsTests {

	private static final HeapDumpSettings LIMITS = new HeapDumpSettings(Duration.ofMinutes(1), Long.MAX_VALUE, 0,
			false);

	private final SettableClock clock = new SettableClock();

	private final Path directory;

	private final Path folder;

	private final FakeDumper dumper = new FakeDumper();

	private final FakeAnalyser analyser = new FakeAnalyser();

	private @Nullable Snapshots opened;

	HeapDumpsTests(@TempDir Path directory) {
		this.directory = directory;
		this.folder = directory.resolve("snapshots");
	}

	@AfterEach
	void close() {
		this.dumper.gate.countDown();
		this.analyser.gate.countDown();
		if (this.opened != null) {
			this.opened.close();
		}
		await().atMost(Duration.ofSeconds(60)).until(() -> thread() == null);
	}

	@Test
	void takeHeapDumpShouldDumpThisJvmAndKeepTheProfileAlone() throws IOException {
		this.analyser.read = true;
		Snapshots snapshots = open(LIMITS, HeapDumper.hotSpot());
		List<Snapshot> taken = Collections.synchronizedList(new ArrayList<>());
		snapshots.onTaken(taken::add);
		Snapshot begun = snapshots.takeHeapDump("before\u0007");
		assertThat(begun.id()).isEqualTo("d1");
		assertThat(begun.kind()).isEqualTo(SnapshotKind.HEAP_DUMP);
		assertThat(begun.state()).isEqualTo(SnapshotState.CAPTURING);
		assertThat(begun.label()).isEqualTo("before?");
		assertThat(begun.predictedPause()).isPositive();
		assertThat(begun.pause()).isNull();
		Snapshot ready = awaitState(snapshots, begun, SnapshotState.READY);
		assertThat(ready.pause()).isPositive();
		assertThat(ready.progress()).isNull();
		assertThat(ready.failure()).isNull();
		assertThat(ready.liveOnly()).isTrue();
		assertThat(ready.ofThisRun()).isTrue();
		assertThat(ready.totals()).isEqualTo(new SnapshotTotals(1, 41, 656));
		assertThat(ready.dumpBytes()).isEqualTo(this.analyser.size).isGreaterThan(100_000);
		assertThat(this.analyser.begin).startsWith("JAVA PROFILE 1.0");
		assertThat(this.analyser.permissions).isEqualTo("rw-------");
		assertThat(snapshots.profile(ready).find("com.acme.Order")).isNotNull();
		assertThat(snapshots.find("latest")).contains(ready);
		assertThat(files()).containsExactlyInAnyOrder(".lock", "d1.lwp", "d1.properties", "work");
		assertThat(this.folder.resolve("work")).isEmptyDirectory();
		await().atMost(Duration.ofSeconds(30)).until(() -> taken.equals(List.of(ready)));
	}

	@Test
	void takeHeapDumpShouldRunOnAThreadThatHoldsNothing() {
		this.analyser.gate = new CountDownLatch(1);
		Snapshots snapshots = open(LIMITS, this.dumper);
		Thread current = Thread.currentThread();
		ClassLoader before = current.getContextClassLoader();
		ClassLoader own = new ClassLoader() {
		};
		current.setContextClassLoader(own);
		try {
			Snapshot begun = snapshots.takeHeapDump(null);
			awaitState(snapshots, begun, SnapshotState.ANALYSING);
		}
		finally {
			current.setContextClassLoader(before);
		}
		Thread thread = Objects.requireNonNull(thread());
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getPriority()).isEqualTo(Thread.MIN_PRIORITY);
		assertThat(thread.getContextClassLoader()).isSameAs(Snapshots.class.getClassLoader());
	}

	@Test
	void takeHeapDumpWhenAnotherIsUnderWayShouldRefuse() {
		this.dumper.gate = new CountDownLatch(1);
		this.analyser.gate = new CountDownLatch(1);
		Snapshots snapshots = open(new HeapDumpSettings(Duration.ZERO, Long.MAX_VALUE, 0, false), this.dumper);
		Snapshot begun = snapshots.takeHeapDump(null);
		assertThat(snapshots.isTaking()).isTrue();
		assertRefused(Reason.UNDER_WAY, () -> snapshots.takeHeapDump(null));
		assertRefused(Reason.UNDER_WAY, () -> snapshots.take(null, false));
		this.dumper.gate.countDown();
		awaitState(snapshots, begun, SnapshotState.ANALYSING);
		assertThat(snapshots.isTaking()).isFalse();
		assertRefused(Reason.UNDER_WAY, () -> snapshots.takeHeapDump(null)).withMessageContaining("analysed");
		assertThat(snapshots.take("meanwhile", false).isReady()).isTrue();
		this.analyser.gate.countDown();
		awaitState(snapshots, begun, SnapshotState.READY);
		assertThat(snapshots.takeHeapDump(null).id()).isEqualTo("d3");
	}

	@Test
	void takeHeapDumpShouldTellItsProgress() {
		this.analyser.gate = new CountDownLatch(1);
		Snapshots snapshots = open(LIMITS, this.dumper);
		Snapshot begun = snapshots.takeHeapDump(null);
		await().atMost(Duration.ofSeconds(60))
			.until(() -> new SnapshotProgress("references", 42).equals(now(snapshots, begun).progress()));
		assertThat(now(snapshots, begun).state()).isEqualTo(SnapshotState.ANALYSING);
		assertThat(now(snapshots, begun).pause()).isNotNull();
		assertThat(snapshots.find("latest")).isEmpty();
	}

	@Test
	void takeHeapDumpWhenCoolingDownShouldRefuse() {
		Snapshots snapshots = open(LIMITS, this.dumper);
		awaitState(snapshots, snapshots.takeHeapDump(null), SnapshotState.READY);
		this.clock.advance(Duration.ofSeconds(59));
		assertRefused(Reason.COOLING_DOWN, () -> snapshots.takeHeapDump(null))
			.withMessageContaining("leakwatch.snapshots.heap-dump-cool-down");
		awaitState(snapshots, snapshots.takeHeapDumpAutomatically(null, Duration.ofHours(1)), SnapshotState.READY);
		this.clock.advance(Duration.ofSeconds(1));
		awaitState(snapshots, snapshots.takeHeapDump(null), SnapshotState.READY);
	}

	@Test
	void takeHeapDumpWhenThePauseWouldBeTooLongShouldRefuse() {
		SnapshotSettings settings = new SnapshotSettings(Duration.ZERO, Duration.ZERO, Duration.ofNanos(1), 10, 1 << 20,
				this.directory, LIMITS);
		Snapshots snapshots = open(settings, this.analyser, this.dumper);
		assertRefused(Reason.PAUSE_TOO_LONG, () -> snapshots.takeHeapDump(null))
			.withMessageContaining("leakwatch.snapshots.max-pause");
		assertRefused(Reason.PAUSE_TOO_LONG, () -> snapshots.takeHeapDumpAutomatically(null, Duration.ofNanos(1)))
			.withMessageContaining("leakwatch.max-pause");
		assertThat(snapshots.takeHeapDumpAutomatically("label", Duration.ofHours(1)).automatic()).isTrue();
	}

	@Test
	void takeHeapDumpWhenThereIsNoRoomShouldRefuseWithTheNumbers() {
		assertRefused(Reason.NO_ROOM,
				() -> open(new HeapDumpSettings(Duration.ZERO, 1, 0, false), this.dumper).takeHeapDump(null))
			.withMessageContaining("leakwatch.snapshots.maximum-dump-size");
		assertRefused(Reason.NO_ROOM,
				() -> open(new HeapDumpSettings(Duration.ZERO, Long.MAX_VALUE, Long.MAX_VALUE >> 1, false), this.dumper)
					.takeHeapDump(null))
			.withMessageContaining("needed on the disk");
		this.analyser.refusal = "Too little memory: raise the container's limit.";
		assertRefused(Reason.NO_ROOM, () -> open(LIMITS, this.dumper).takeHeapDump(null))
			.withMessageContaining("Too little memory");
		assertThat(this.dumper.dumps).isEmpty();
	}

	@Test
	void takeHeapDumpWhenThereIsNoneShouldTellWhy() {
		this.dumper.available = false;
		assertRefused(Reason.UNAVAILABLE, () -> open(LIMITS, this.dumper).takeHeapDump(null))
			.withMessageContaining("This JVM writes no heap dumps");
		this.dumper.available = true;
		SnapshotSettings inMemory = new SnapshotSettings(Duration.ZERO, Duration.ZERO, null, 10);
		assertRefused(Reason.UNAVAILABLE, () -> open(inMemory, this.analyser, this.dumper).takeHeapDump(null))
			.withMessageContaining("leakwatch.snapshots.directory");
		assertRefused(Reason.UNAVAILABLE, () -> open(inMemory, null, this.dumper).takeHeapDump(null))
			.withMessageContaining("without heap dumps");
	}

	@Test
	void takeHeapDumpWhenTheFolderIsNotPrivateShouldRefuse() throws IOException {
		Files.createDirectory(this.folder);
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwxrwxrwx"));
		assertRefused(Reason.UNAVAILABLE, () -> open(LIMITS, this.dumper).takeHeapDump(null))
			.withMessageContaining("chmod 700");
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void takeHeapDumpWhenTheDiskIsFullShouldFailAndRemoveTheHalf() {
		this.dumper.failure = "No space left on device";
		Snapshots snapshots = open(LIMITS, this.dumper);
		Snapshot failed = awaitState(snapshots, snapshots.takeHeapDump(null), SnapshotState.FAILED);
		assertThat(failed.failure()).contains("No space left on device", "Free disk space");
		assertThat(failed.pause()).isNull();
		assertThat(failed.totals()).isNull();
		assertThat(this.folder.resolve("work")).isEmptyDirectory();
		assertThat(snapshots.isTaking()).isFalse();
		assertThatExceptionOfType(SnapshotUnreadableException.class).isThrownBy(() -> snapshots.profile(failed))
			.withMessageContaining("failed");
		assertThat(snapshots.delete(failed.id())).isTrue();
	}

	@Test
	void takeHeapDumpWhenItsFolderCannotBeMadeShouldFailAndLetTheNextTry() throws IOException {
		Snapshots snapshots = open(LIMITS, this.dumper);
		snapshots.take(null, false);
		SnapshotFolder.deleteTree(this.folder.resolve("work"));
		Files.createFile(this.folder.resolve("work"));
		Snapshot failed = awaitState(snapshots, snapshots.takeHeapDump(null), SnapshotState.FAILED);
		assertThat(failed.failure()).contains("leakwatch.snapshots.directory");
		assertThat(snapshots.isTaking()).isFalse();
		assertThat(this.dumper.dumps).isEmpty();
	}

	@Test
	void takeHeapDumpWhenTheAnalysisFailsShouldTellWhyAndRemoveTheDump() {
		this.analyser.failure = new DumpAnalysisException("The second JVM was killed. Raise the limit.");
		Snapshots snapshots = open(LIMITS, this.dumper);
		Snapshot failed = awaitState(snapshots, snapshots.takeHeapDump(null), SnapshotState.FAILED);
		assertThat(failed.failure()).isEqualTo("The second JVM was killed. Raise the limit.");
		assertThat(failed.pause()).isNotNull();
		assertThat(failed.dumpBytes()).isEqualTo(16);
		assertThat(failed.progress()).isNull();
		assertThat(this.folder.resolve("work")).isEmptyDirectory();
	}

	@Test
	void takeHeapDumpWhenTheProfileIsDamagedOrMissingShouldFail() {
		HeapDumpSettings limits = new HeapDumpSettings(Duration.ZERO, Long.MAX_VALUE, 0, false);
		this.analyser.profile = "no profile".getBytes(StandardCharsets.UTF_8);
		Snapshots snapshots = open(limits, this.dumper);
		assertThat(awaitState(snapshots, snapshots.takeHeapDump(null), SnapshotState.FAILED).failure())
			.contains("no profile that can be read", "a head of 24 bytes");
		this.analyser.profile = null;
		assertThat(awaitState(snapshots, snapshots.takeHeapDump(null), SnapshotState.FAILED).failure())
			.contains("no profile that can be read");
		this.analyser.bug = new IllegalStateException("on purpose");
		assertThat(awaitState(snapshots, snapshots.takeHeapDump(null), SnapshotState.FAILED).failure())
			.contains("unexpectedly", "on purpose");
		assertThat(this.folder.resolve("work")).isEmptyDirectory();
	}

	@Test
	void takeHeapDumpWhenDumpsAreKeptShouldCountThemAndDeleteThemWithTheSnapshot() throws IOException {
		Snapshots snapshots = open(new HeapDumpSettings(Duration.ZERO, Long.MAX_VALUE, 0, true), this.dumper);
		Snapshot kept = awaitState(snapshots, snapshots.takeHeapDump(null), SnapshotState.READY);
		Path dump = this.folder.resolve("d1.hprof");
		assertThat(dump).hasContent("half of the dump");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump))).isEqualTo("rw-------");
		snapshots.close();
		Snapshots next = open(new HeapDumpSettings(Duration.ZERO, 1L << 40, 0, false), this.dumper);
		next.open();
		assertThat(dump).as("no left-over").exists();
		assertThat(next.delete(kept.id())).isTrue();
		assertThat(dump).doesNotExist();
	}

	@Test
	void closeDuringTheAnalysisShouldStopItAndDeleteTheDump() {
		this.analyser.gate = new CountDownLatch(1);
		Snapshots snapshots = open(new HeapDumpSettings(Duration.ZERO, Long.MAX_VALUE, 0, true), this.dumper);
		Snapshot begun = snapshots.takeHeapDump(null);
		awaitState(snapshots, begun, SnapshotState.ANALYSING);
		await().atMost(Duration.ofSeconds(60)).until(() -> this.analyser.entered.getCount() == 0);
		snapshots.close();
		assertThat(awaitState(snapshots, begun, SnapshotState.FAILED).failure()).contains("shutting down");
		assertThat(this.folder.resolve("work")).isEmptyDirectory();
		assertThat(this.folder.resolve("d1.hprof")).doesNotExist();
		assertRefused(Reason.UNAVAILABLE, () -> snapshots.takeHeapDump(null));
		Snapshots next = open(LIMITS, this.dumper);
		next.take(null, false);
		assertThat(this.directory.resolve("snapshots-2")).as("the folder was given free").doesNotExist();
	}

	@Test
	void closeDuringTheCaptureShouldWaitForNothingAndDeleteTheDump() {
		this.dumper.gate = new CountDownLatch(1);
		Snapshots snapshots = open(LIMITS, this.dumper);
		Snapshot begun = snapshots.takeHeapDump(null);
		await().atMost(Duration.ofSeconds(60)).until(() -> !this.dumper.dumps.isEmpty());
		snapshots.close();
		assertThat(now(snapshots, begun).state()).isEqualTo(SnapshotState.CAPTURING);
		this.dumper.gate.countDown();
		awaitState(snapshots, begun, SnapshotState.FAILED);
		assertThat(this.analyser.entered.getCount()).as("not analysed").isOne();
		assertThat(this.dumper.dumps.get(0)).doesNotExist();
	}

	@Test
	void deleteDuringTheAnalysisShouldCancelIt() {
		this.analyser.gate = new CountDownLatch(1);
		Snapshots snapshots = open(LIMITS, this.dumper);
		Snapshot begun = snapshots.takeHeapDump(null);
		await().atMost(Duration.ofSeconds(60)).until(() -> this.analyser.entered.getCount() == 0);
		assertThat(snapshots.delete(begun.id())).isTrue();
		await().atMost(Duration.ofSeconds(60)).until(() -> thread() == null);
		assertThat(snapshots.list()).isEmpty();
		assertThat(this.dumper.dumps.get(0)).doesNotExist();
	}

	@Test
	void openAfterACrashShouldRemoveTheDump() throws IOException {
		Path leftOver = Files.createDirectories(this.folder.resolve("work/d7")).resolve("d7.hprof");
		Files.setPosixFilePermissions(this.folder, PosixFilePermissions.fromString("rwx------"));
		Files.writeString(leftOver, "half of a dump");
		Snapshots snapshots = open(LIMITS, this.dumper);
		snapshots.open();
		assertThat(leftOver).doesNotExist();
	}

	@Test
	void onCaptureShouldHearOfThePauseEvenWhenTheDumpFails() {
		this.dumper.failure = "on purpose";
		List<String> heard = Collections.synchronizedList(new ArrayList<>());
		Snapshots snapshots = open(LIMITS, this.dumper);
		snapshots.onCapture(new CaptureListener() {

			@Override
			public void beforeCapture(Snapshot snapshot) {
				heard.add("before " + snapshot.id() + " " + HeapDumpsTests.this.dumper.dumps.size());
				throw new IllegalStateException("on purpose");
			}

			@Override
			public void afterCapture(Snapshot snapshot) {
				heard.add("after " + snapshot.id() + " " + HeapDumpsTests.this.dumper.dumps.size());
			}

		});
		awaitState(snapshots, snapshots.takeHeapDump(null), SnapshotState.FAILED);
		assertThat(heard).containsExactly("before d1 0", "after d1 1");
	}

	private Snapshots open(HeapDumpSettings limits, HeapDumper heapDumper) {
		return open(new SnapshotSettings(Duration.ZERO, Duration.ZERO, null, 10, 1 << 20, this.directory, limits),
				this.analyser, heapDumper);
	}

	private Snapshots open(SnapshotSettings settings, @Nullable DumpAnalyser with, HeapDumper heapDumper) {
		if (this.opened != null) {
			this.opened.close();
		}
		Snapshots snapshots = new Snapshots(new ClassHistogram(this.clock), settings, with, heapDumper, this.clock);
		this.opened = snapshots;
		return snapshots;
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.map((file) -> String.valueOf(file.getFileName())).toList();
		}
	}

	private static Snapshot awaitState(Snapshots snapshots, Snapshot begun, SnapshotState state) {
		await().atMost(Duration.ofMinutes(2)).until(() -> now(snapshots, begun).state() == state);
		return now(snapshots, begun);
	}

	private static Snapshot now(Snapshots snapshots, Snapshot begun) {
		return snapshots.find(begun.id()).orElseThrow();
	}

	private static ThrowableAssertAlternative<SnapshotRefusedException> assertRefused(Reason reason,
			ThrowingCallable call) {
		return assertThatExceptionOfType(SnapshotRefusedException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason));
	}

	private static @Nullable Thread thread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(HeapDumpRun.THREAD_NAME))
			.findFirst()
			.orElse(null);
	}

}
