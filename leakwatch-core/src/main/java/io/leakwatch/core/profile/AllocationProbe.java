package io.leakwatch.core.profile;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.leakwatch.core.histogram.PausePredictor;
import org.jspecify.annotations.Nullable;

/**
 * Asks the JDK's Flight Recorder where what leaks was allocated, and who holds it. To be
 * started under suspicion alone, and stopped when that is gone; until the first start it
 * costs nothing.
 *
 * <p>
 * The first start in a JVM loads the recorder, 0.4 to 1.6 s. While it runs, the
 * application is slower by about 1 %, and up to 20 MB are on disk where the recorder
 * keeps its files, which is the folder for temporary files by default. Reading takes 50
 * to 300 ms of one processor, the first one up to a second, and needs as much disk again
 * for the moment, in a file that nobody else may read. Only reading chains stops the
 * application. What is kept in memory is below 2 MB, and is dropped by {@link #stop()}.
 *
 * <p>
 * Recordings of others go on, with the events that they ask for. As the recorder writes
 * one stream for all, what is sampled here is in theirs as well. The JVM samples at most
 * 256 old objects, by the bytes allocated, and tells those that were there before the
 * last collection: there are hardly any on ZGC and Shenandoah, and nothing may depend on
 * them. Times are those of the system's clock. Safe for several threads; each call waits
 * for the one under way. No thread of the application may be the one that calls.
 */
public final class AllocationProbe implements AllocationSampling {

	/** The slowest that was seen, until it is measured. */
	private static final Duration STALL_PER_GIGABYTE = Duration.ofSeconds(2);

	private final AllocationSites sites;

	private final PausePredictor stalls = new PausePredictor(STALL_PER_GIGABYTE);

	private @Nullable AllocationRecording recording;

	private Instant samplingSince = Instant.EPOCH;

	private List<OldSample> oldSamples = List.of();

	private List<OldSample> chained = List.of();

	private AllocationReservoir allocations = new AllocationReservoir();

	private @Nullable String reasonAgainst;

	private boolean closed;

	/**
	 * A probe that does not run yet.
	 * @param applicationPackages the packages of the application, whose lines are told
	 * before those of libraries
	 */
	public AllocationProbe(List<String> applicationPackages) {
		this.sites = new AllocationSites(new SiteFinder(applicationPackages));
	}

	@Override
	public synchronized @Nullable String reasonAgainst() {
		if (this.reasonAgainst == null) {
			this.reasonAgainst = FlightRecorderSupport.reasonAgainst();
		}
		return this.reasonAgainst;
	}

	@Override
	public synchronized boolean start() {
		if (this.closed || reasonAgainst() != null) {
			return false;
		}
		if (this.recording == null) {
			AllocationRecording started = new AllocationRecording();
			try {
				started.start();
				this.recording = started;
				this.samplingSince = Instant.now();
			}
			catch (IOException | RuntimeException | LinkageError ex) {
				started.close();
				this.reasonAgainst = "Lines of code that allocate are not told: " + ex.getMessage();
			}
		}
		return this.recording != null;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.recording != null;
	}

	@Override
	public synchronized void read() throws IOException {
		read(Duration.ZERO);
	}

	@Override
	public Duration predictStall(long heapBytes) {
		return this.stalls.predict(heapBytes);
	}

	@Override
	public void doubtPrediction() {
		this.stalls.doubt();
	}

	@Override
	public synchronized Duration readChains(long heapBytes, Duration longestSearch) throws IOException {
		Reading reading = read(longestSearch);
		if (reading == null) {
			return Duration.ZERO;
		}
		if (reading.emitting().compareTo(longestSearch) < 0) {
			// What was ended early tells nothing of how long it would have taken.
			this.stalls.learn(heapBytes, reading.emitting());
		}
		this.chained = reading.oldSamples();
		return reading.emitting();
	}

	@Override
	public synchronized List<AllocationSite> sitesOf(Set<String> classNames, Instant since) {
		return this.sites.rank(this.oldSamples, this.allocations.kept(), classNames,
				new Age(since, this.samplingSince));
	}

	@Override
	public synchronized List<RetainingHolder> holdersOf(Set<String> classNames, Instant since) {
		return RootChains.rank(this.chained, classNames, new Age(since, this.samplingSince));
	}

	@Override
	public synchronized void stop() {
		AllocationRecording last = this.recording;
		this.recording = null;
		this.oldSamples = List.of();
		this.chained = List.of();
		this.allocations = new AllocationReservoir();
		if (last != null) {
			last.close();
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		stop();
	}

	private @Nullable Reading read(Duration longestSearch) throws IOException {
		AllocationRecording running = this.recording;
		if (running == null) {
			return null;
		}
		try {
			Reading reading = running.read(longestSearch);
			this.oldSamples = reading.survivors();
			reading.allocations().forEach(this.allocations::add);
			return reading;
		}
		catch (IOException | RuntimeException ex) {
			stop();
			if (Thread.currentThread().isInterrupted()) {
				// It is to end, and its files were closed: no failure of the recorder.
				return null;
			}
			this.reasonAgainst = "Lines of code that allocate are no longer told: " + ex.getMessage();
			throw new IOException(this.reasonAgainst, ex);
		}
	}

}
