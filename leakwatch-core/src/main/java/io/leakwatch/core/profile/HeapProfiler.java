package io.leakwatch.core.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongBiFunction;

import io.leakwatch.core.signal.CollectionListener;
import org.jspecify.annotations.Nullable;

/**
 * Takes profiles of the heap on request, by a recording of Flight Recorder that begins
 * with the first request and ends some time after the last one: without requests nothing
 * is recorded. The first start of the recorder in a JVM takes 0.4 to 1.6 s, and sampling
 * about 1 % while it goes on. One profile at a time; safe for any thread.
 */
public final class HeapProfiler implements AutoCloseable {

	/** How long old objects are sampled on after the last request. */
	public static final Duration IDLE = Duration.ofMinutes(10);

	/** Samples are taken by bytes, so that their number says what is allocated most. */
	private static final List<SampleType> IN_USE = List.of(new SampleType("inuse_space", "bytes"),
			new SampleType("inuse_objects", "count"));

	private static final List<SampleType> ALLOCATED = List.of(new SampleType("alloc_objects", "count"),
			new SampleType("alloc_space", "bytes"));

	private final ReentrantLock lock = new ReentrantLock();

	private final Clock clock;

	private final ToLongBiFunction<String, Integer> instanceBytes;

	/** Made with the first request: a run time without the recorder lacks its classes. */
	private @Nullable AllocationRecording recording;

	private volatile @Nullable Instant usedAt;

	private volatile Instant since = Instant.MAX;

	private volatile boolean closed;

	/**
	 * A profiler that has recorded nothing.
	 * @param clock tells when a recording was last asked for
	 * @param instanceBytes the bytes of an object of a class, and with so many elements
	 * if it is an array, for JDKs whose samples do not tell them
	 */
	public HeapProfiler(Clock clock, ToLongBiFunction<String, Integer> instanceBytes) {
		this.clock = clock;
		this.instanceBytes = instanceBytes;
	}

	/**
	 * Where the objects were allocated that are still there. Those that were there before
	 * the recording began are not sampled.
	 * @param window how long to wait before it is read, so that there is something to be
	 * seen
	 * @return a profile with the types {@code inuse_objects} and {@code inuse_space}
	 * @throws ProfileRefusedException if there can be none now
	 * @throws IOException if the recorder fails
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public Recorded inUse(Duration window) throws IOException, InterruptedException {
		String collector = CollectionListener.collector();
		if (collector.equals("ZGC") || collector.equals("Shenandoah")) {
			throw new ProfileRefusedException(ProfileRefusedException.Reason.UNAVAILABLE,
					"With %s the JVM samples hardly any objects that stay. Ask for profile/allocations, or for profile/retained, which a heap dump tells."
						.formatted(collector));
		}
		return record(window, false,
				(file) -> new StackProfile(IN_USE, RecordedSamples.oldObjects(file, this.instanceBytes), List.of(
						"Objects that Flight Recorder has sampled since %s and that collections have left, or that are younger; 256 at the most."
							.formatted(this.since),
						"It samples by bytes: the more a line of code has allocated that is still there, the more samples it has. inuse_space are the bytes of the samples alone."),
						this.clock.instant(), Duration.between(this.since, this.clock.instant())));
	}

	/**
	 * Where objects are allocated, whether they stay or not.
	 * @param window for how long
	 * @return a profile with the types {@code alloc_objects} and {@code alloc_space}
	 * @throws ProfileRefusedException if there can be none now
	 * @throws IOException if the recorder fails
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public Recorded allocations(Duration window) throws IOException, InterruptedException {
		return record(window, true, (file) -> new StackProfile(ALLOCATED, RecordedSamples.allocations(file), List
			.of("Allocations that Flight Recorder has sampled, up to 150 a second: a count of samples, and the bytes that they stand for. The first sample of a thread stands for all that it has allocated since it began, or since another recording."),
				this.clock.instant().minus(window), window));
	}

	private Recorded record(Duration window, boolean anew, Parser parser) throws IOException, InterruptedException {
		String reason = FlightRecorderSupport.reasonAgainst();
		if (reason != null || this.closed) {
			throw new ProfileRefusedException(ProfileRefusedException.Reason.UNAVAILABLE,
					(reason != null) ? reason : "The application is shutting down.");
		}
		if (!this.lock.tryLock()) {
			throw new ProfileRefusedException(ProfileRefusedException.Reason.UNDER_WAY,
					"Another profile is being recorded. Ask again when it is done.");
		}
		try {
			AllocationRecording running = start(anew);
			TimeUnit.NANOSECONDS.sleep(window.toNanos());
			return running.read(Duration.ZERO,
					(file, emitting) -> new Recorded(parser.parse(file), Files.readAllBytes(file)));
		}
		catch (IOException | RuntimeException ex) {
			// The next request begins anew.
			end();
			throw ex;
		}
		finally {
			this.usedAt = this.clock.instant();
			if (this.closed) {
				end();
			}
			this.lock.unlock();
		}
	}

	private AllocationRecording start(boolean anew) throws IOException {
		AllocationRecording running = this.recording;
		if (running == null) {
			running = new AllocationRecording();
			running.start();
			this.recording = running;
			this.since = this.clock.instant();
		}
		else if (anew) {
			// What was sampled before this request is not asked for.
			running.read(Duration.ZERO, (file, emitting) -> file);
		}
		return running;
	}

	private void end() {
		AllocationRecording running = this.recording;
		this.recording = null;
		if (running != null) {
			running.close();
		}
	}

	/**
	 * Ends a recording that nobody has asked for in a while. To be called now and then.
	 * @param now the moment
	 */
	public void endIfIdle(Instant now) {
		Instant used = this.usedAt;
		if (used != null && now.isAfter(used.plus(IDLE)) && this.lock.tryLock()) {
			try {
				this.usedAt = null;
				end();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Ends the recording; a profile that is being taken is given up when its time is
	 * over.
	 */
	@Override
	public void close() {
		this.closed = true;
		if (this.lock.tryLock()) {
			try {
				end();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * A profile, and the recording that it was made of.
	 *
	 * @param profile the profile
	 * @param file the file in Flight Recorder's own format
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Recorded(StackProfile profile, byte[] file) {
	}

	private interface Parser {

		StackProfile parse(Path file) throws IOException;

	}

}
