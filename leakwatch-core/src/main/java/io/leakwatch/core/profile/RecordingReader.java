package io.leakwatch.core.profile;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads the samples of one recording's file. Other recordings' events may be in it, and
 * are passed over. Fields that a JDK does not write are taken for unknown.
 */
final class RecordingReader {

	/** The JVM keeps 256, unless told otherwise, and others may ask for them too. */
	private static final int MOST_OLD_SAMPLES = 10_000;

	private static final int MOST_ALLOCATIONS = 50_000;

	/** The JVM writes up to 200 objects of a chain. */
	private static final int LONGEST_CHAIN = 400;

	private final Map<CodeLine, CodeLine> lines = new HashMap<>();

	private final Map<List<CodeLine>, List<CodeLine>> stacks = new HashMap<>();

	private final List<OldSample> oldSamples = new ArrayList<>();

	private final List<AllocationSample> allocations = new ArrayList<>();

	private RecordingReader() {
	}

	static Reading read(Path file, Duration emitting) throws IOException {
		RecordingReader reader = new RecordingReader();
		try (RecordingFile recording = new RecordingFile(file)) {
			while (recording.hasMoreEvents()) {
				reader.add(recording.readEvent());
			}
		}
		return new Reading(reader.newest(), List.copyOf(reader.allocations), emitting);
	}

	/**
	 * The samples of the last time that old objects were looked for, all of which bear
	 * that moment: this recording shares its first chunk with the one before, and any
	 * with those of others.
	 */
	private List<OldSample> newest() {
		Instant last = this.oldSamples.stream().map(OldSample::seen).max(Comparator.naturalOrder()).orElse(Instant.MIN);
		return this.oldSamples.stream().filter((sample) -> sample.seen().equals(last)).toList();
	}

	private void add(RecordedEvent event) {
		switch (event.getEventType().getName()) {
			case AllocationRecording.OLD_OBJECT -> addOldObject(event);
			case AllocationRecording.ALLOCATION -> addAllocation(event);
			default -> {
				// Another recording's.
			}
		}
	}

	private void addOldObject(RecordedEvent event) {
		RecordedObject object = RecordedNames.object(event, "object");
		String className = RecordedNames.className(object, "type");
		if (object != null && className != null && this.oldSamples.size() < MOST_OLD_SAMPLES) {
			this.oldSamples.add(new OldSample(className, event.getInstant("allocationTime"), event.getStartTime(),
					stack(event), chain(object, RecordedNames.object(event, "root"))));
		}
	}

	private void addAllocation(RecordedEvent event) {
		String className = RecordedNames.className(event, "objectClass");
		if (className != null && this.allocations.size() < MOST_ALLOCATIONS) {
			this.allocations.add(new AllocationSample(className, stack(event), event.getLong("weight")));
		}
	}

	private List<CodeLine> stack(RecordedEvent event) {
		List<CodeLine> stack = new ArrayList<>();
		for (CodeLine line : RecordedNames.stack(event)) {
			CodeLine known = this.lines.putIfAbsent(line, line);
			stack.add((known != null) ? known : line);
		}
		List<CodeLine> known = this.stacks.putIfAbsent(stack, stack);
		return (known != null) ? known : stack;
	}

	/** The event tells the chain upwards from the object, and the root apart. */
	private static @Nullable RootChain chain(RecordedObject sampled, @Nullable RecordedObject root) {
		if (root == null) {
			return null;
		}
		List<ChainStep> steps = new ArrayList<>();
		RecordedObject object = sampled;
		while (object != null && steps.size() < LONGEST_CHAIN) {
			RecordedObject reference = RecordedNames.object(object, "referrer");
			RecordedObject field = RecordedNames.object(reference, "field");
			RecordedObject array = RecordedNames.object(reference, "array");
			String className = RecordedNames.className(object, "type");
			steps.add(new ChainStep((className != null) ? className : "",
					(field != null) ? RecordedNames.text(field, "name") : null,
					field != null && Modifier.isStatic(field.getShort("modifiers")),
					(array != null) ? array.getInt("index") : -1, (reference != null) ? reference.getInt("skip") : 0,
					RecordedNames.text(object, "description")));
			object = RecordedNames.object(reference, "object");
		}
		Collections.reverse(steps);
		String thread = RecordedNames.text(root, "description");
		String prefix = "Thread Name: ";
		return new RootChain(RecordedNames.text(root, "system") + " " + RecordedNames.text(root, "type"),
				(thread != null && thread.startsWith(prefix)) ? thread.substring(prefix.length()) : null,
				List.copyOf(steps));
	}

}
