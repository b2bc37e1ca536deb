package io.leakwatch.core.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;

import io.leakwatch.core.signal.ThreadCensus;
import io.leakwatch.heap.profile.Steps;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Makes profiles of the samples in a recording's file: each event is one sample, with the
 * values that the event has.
 */
final class RecordedSamples {

	private static final int MOST = 100_000;

	private RecordedSamples() {
	}

	/**
	 * The samples of old objects, as of the last time that they were looked for, without
	 * those that LeakWatch has allocated: the bytes of each, and one.
	 * @param bytes the bytes of an object of a class with so many elements of an array,
	 * for JDKs that do not tell them
	 */
	static List<StackSample> oldObjects(Path file, ToLongBiFunction<String, Integer> bytes) throws IOException {
		List<RecordedEvent> events = events(file, AllocationRecording.OLD_OBJECT);
		Instant last = events.stream()
			.map(RecordedEvent::getStartTime)
			.max(Comparator.naturalOrder())
			.orElse(Instant.MIN);
		List<StackSample> samples = new ArrayList<>();
		for (RecordedEvent event : events) {
			String className = RecordedNames.className(RecordedNames.object(event, "object"), "type");
			List<CodeLine> stack = RecordedNames.stack(event);
			if (className != null && event.getStartTime().equals(last) && !SiteFinder.isOwn(stack)) {
				long size = event.hasField("objectSize") ? event.getLong("objectSize")
						: bytes.applyAsLong(className, event.getInt("arrayElements"));
				Map<String, String> labels = labels(event, className);
				labels.put("age", age(Duration.between(event.getInstant("allocationTime"), last)));
				samples.add(sample(stack, labels, List.of(size, 1L)));
			}
		}
		return samples;
	}

	/** The samples of allocations: one, and as many bytes as each stands for. */
	static List<StackSample> allocations(Path file) throws IOException {
		List<StackSample> samples = new ArrayList<>();
		for (RecordedEvent event : events(file, AllocationRecording.ALLOCATION)) {
			String className = RecordedNames.className(event, "objectClass");
			if (className != null) {
				samples.add(sample(RecordedNames.stack(event), labels(event, className),
						List.of(1L, event.getLong("weight"))));
			}
		}
		return samples;
	}

	private static List<RecordedEvent> events(Path file, String name) throws IOException {
		List<RecordedEvent> events = new ArrayList<>();
		try (RecordingFile recording = new RecordingFile(file)) {
			while (recording.hasMoreEvents() && events.size() < MOST) {
				RecordedEvent event = recording.readEvent();
				if (event.getEventType().getName().equals(name)) {
					events.add(event);
				}
			}
		}
		return events;
	}

	/**
	 * With the innermost code that is not the JDK's as the place that allocates. What it
	 * has called for that is in a label.
	 */
	private static StackSample sample(List<CodeLine> stack, Map<String, String> labels, List<Long> values) {
		int first = 0;
		while (first < stack.size() && Steps.isJdk(stack.get(first).className())) {
			first++;
		}
		if (first > 0 && first < stack.size()) {
			labels.put("allocator", stack.get(0).inProfile().function());
		}
		List<CodeLine> told = (first < stack.size()) ? stack.subList(first, stack.size()) : stack;
		return new StackSample(told.stream().map(CodeLine::inProfile).toList(), Map.copyOf(labels), values);
	}

	private static Map<String, String> labels(RecordedEvent event, String className) {
		Map<String, String> labels = new LinkedHashMap<>();
		labels.put("class", className);
		RecordedThread thread = event.getThread();
		@Nullable String name = (thread != null) ? thread.getJavaName() : null;
		if (name != null) {
			labels.put("thread_group", name.isBlank() ? "virtual threads" : ThreadCensus.normalise(name));
		}
		return labels;
	}

	/** In steps that can be filtered by. */
	static String age(Duration age) {
		if (age.compareTo(Duration.ofSeconds(10)) < 0) {
			return "below 10 s";
		}
		if (age.compareTo(Duration.ofMinutes(1)) < 0) {
			return "10 s to 1 min";
		}
		if (age.compareTo(Duration.ofMinutes(10)) < 0) {
			return "1 to 10 min";
		}
		return (age.compareTo(Duration.ofHours(1)) < 0) ? "10 to 60 min" : "above 1 h";
	}

}
