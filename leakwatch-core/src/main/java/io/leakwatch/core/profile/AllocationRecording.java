package io.leakwatch.core.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;

/**
 * A Flight Recorder recording of old objects and sampled allocations.
 *
 * <p>
 * Old objects are written when a recording stops, into the chunks that all recordings
 * share, so one that goes on would give those of all readings again. Each reading
 * therefore starts the next recording, stops the last one and reads that: the JVM's
 * sampler goes on as long as one recording wants it, and each file has the old objects
 * once and the allocations since the reading before.
 *
 * <p>
 * A recording switches on every event that classes of the application define, unless it
 * has settings for them; and where one recording says no, those that say nothing are
 * outvoted. So these events are switched off as long as nobody else records, and are left
 * alone as soon as somebody does. The recorder's own threads and, in the folder for
 * temporary files, its empty folder stay until the JVM ends. For one thread.
 */
final class AllocationRecording implements AutoCloseable {

	static final String OLD_OBJECT = "jdk.OldObjectSample";

	static final String ALLOCATION = "jdk.ObjectAllocationSample";

	private static final String NAME = "LeakWatch";

	/** What is on disk, besides the last chunk, which the JVM ends at 12 MB. */
	private static final long MAXIMUM_BYTES = 8 << 20;

	private static final String CUTOFF = OLD_OBJECT + "#cutoff";

	private final FlightRecorderListener others = new FlightRecorderListener() {

		@Override
		public void recordingStateChanged(Recording recording) {
			if (isOther(recording)) {
				leaveEventsAlone();
			}
		}

	};

	private volatile @Nullable Recording current;

	/**
	 * Starts sampling, unless that was done before.
	 * @throws IOException if the recorder cannot start
	 */
	void start() throws IOException {
		if (this.current == null) {
			this.current = startNext();
			FlightRecorder.addListener(this.others);
			leaveOthersAlone();
		}
	}

	/**
	 * Reads what was sampled; sampling goes on.
	 * @param longestSearch how long the JVM may stand still at the most to find why old
	 * objects are there, zero for not at all
	 * @return what was sampled
	 * @throws IOException if the recorder fails, or its file cannot be written or read
	 */
	Reading read(Duration longestSearch) throws IOException {
		return read(longestSearch, RecordingReader::read);
	}

	/**
	 * Reads what was sampled in a way of its own; sampling goes on.
	 * @param longestSearch as above
	 * @param reader reads the file, which is deleted afterwards
	 * @return what the reader has made of it
	 * @throws IOException if the recorder fails, or its file cannot be written or read
	 */
	<T> T read(Duration longestSearch, Reader<T> reader) throws IOException {
		Recording last = this.current;
		if (last == null) {
			throw new IllegalStateException("Nothing is recorded: start first");
		}
		this.current = startNext();
		leaveOthersAlone();
		try (last) {
			return read(last, longestSearch, reader);
		}
		catch (IllegalStateException ex) {
			throw new IOException("The Flight Recorder failed: " + ex.getMessage(), ex);
		}
	}

	boolean isRunning() {
		return this.current != null;
	}

	@Override
	public void close() {
		Recording last = this.current;
		this.current = null;
		if (last != null) {
			FlightRecorder.removeListener(this.others);
			last.close();
		}
	}

	/** Of those that have come while this one was started, nobody was told. */
	private void leaveOthersAlone() {
		if (othersRecord()) {
			leaveEventsAlone();
		}
	}

	private void leaveEventsAlone() {
		Recording running = this.current;
		if (running != null && running.getState() == RecordingState.RUNNING) {
			running.setSettings(ownSettings());
		}
	}

	private static boolean othersRecord() {
		return FlightRecorder.getFlightRecorder().getRecordings().stream().anyMatch(AllocationRecording::isOther);
	}

	private static boolean isOther(Recording recording) {
		return recording.getState() == RecordingState.RUNNING && !recording.getName().equals(NAME);
	}

	private static <T> T read(Recording last, Duration longestSearch, Reader<T> reader) throws IOException {
		if (last.getState() != RecordingState.RUNNING) {
			throw new IOException("The recording '%s' was stopped by somebody else".formatted(NAME));
		}
		Map<String, String> settings = new HashMap<>(last.getSettings());
		settings.put(CUTOFF, longestSearch.toMillis() + " ms");
		last.setSettings(settings);
		long start = System.nanoTime();
		last.stop();
		Duration emitting = Duration.ofNanos(System.nanoTime() - start);
		// Nobody but its owner may read it.
		Path file = Files.createTempFile("leakwatch", ".jfr");
		try {
			last.dump(file);
			return reader.read(file, emitting);
		}
		finally {
			Files.deleteIfExists(file);
		}
	}

	/**
	 * The recorder's thread that is started with the first recording keeps the class
	 * loader of this thread for as long as the JVM lives: it must not be one that could
	 * go away.
	 */
	private static Recording startNext() throws IOException {
		Thread thread = Thread.currentThread();
		ClassLoader loader = thread.getContextClassLoader();
		thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
		try {
			return newRecording();
		}
		catch (IllegalStateException ex) {
			throw new IOException("The Flight Recorder does not start: " + ex.getMessage(), ex);
		}
		finally {
			thread.setContextClassLoader(loader);
		}
	}

	private static Recording newRecording() {
		Recording recording = new Recording(settings());
		boolean started = false;
		try {
			recording.setName(NAME);
			recording.setToDisk(true);
			recording.setMaxSize(MAXIMUM_BYTES);
			recording.start();
			started = true;
			return recording;
		}
		finally {
			if (!started) {
				recording.close();
			}
		}
	}

	private static Map<String, String> settings() {
		Map<String, String> settings = new HashMap<>();
		if (!othersRecord()) {
			for (EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
				settings.put(type.getName() + "#enabled", "false");
			}
		}
		settings.putAll(ownSettings());
		return settings;
	}

	private static Map<String, String> ownSettings() {
		return Map.of(OLD_OBJECT + "#enabled", "true", OLD_OBJECT + "#stackTrace", "true", CUTOFF, "0 ns",
				ALLOCATION + "#enabled", "true", ALLOCATION + "#stackTrace", "true", ALLOCATION + "#throttle", "150/s");
	}

	/**
	 * Reads the file of a recording.
	 */
	@FunctionalInterface
	interface Reader<T> {

		/**
		 * Reads it.
		 * @param file the file, in Flight Recorder's own format
		 * @param emitting how long the JVM took to find the old objects
		 * @throws IOException if it cannot be read
		 */
		T read(Path file, Duration emitting) throws IOException;

	}

}
