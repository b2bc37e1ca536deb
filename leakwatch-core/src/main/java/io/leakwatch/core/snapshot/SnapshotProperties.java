package io.leakwatch.core.snapshot;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;

import io.leakwatch.heap.profile.PrintableName;
import org.jspecify.annotations.Nullable;

/**
 * What the listing tells of a snapshot, as it is kept on disk beside its profile. A later
 * version may add properties; what is not known is passed over.
 */
final class SnapshotProperties {

	private static final int MAXIMUM_LABEL_LENGTH = 100;

	private SnapshotProperties() {
	}

	static Properties write(Snapshot snapshot, long profileBytes) {
		Properties properties = new Properties();
		properties.setProperty("kind", snapshot.kind().name());
		put(properties, "label", snapshot.label());
		properties.setProperty("automatic", Boolean.toString(snapshot.automatic()));
		properties.setProperty("uploaded", Boolean.toString(snapshot.uploaded()));
		properties.setProperty("liveOnly", Boolean.toString(snapshot.liveOnly()));
		properties.setProperty("takenAt", snapshot.takenAt().toString());
		properties.setProperty("predictedPause", snapshot.predictedPause().toString());
		put(properties, "pause", snapshot.pause());
		put(properties, "dumpBytes", snapshot.dumpBytes());
		SnapshotTotals totals = snapshot.totals();
		if (totals != null) {
			put(properties, "classes", totals.classes());
			put(properties, "totalCount", totals.totalCount());
			put(properties, "totalShallowBytes", totals.totalShallowBytes());
		}
		put(properties, "profileBytes", profileBytes);
		return properties;
	}

	/**
	 * Reads a snapshot of an earlier run.
	 * @throws IllegalArgumentException if a property is missing or makes no sense
	 */
	static Snapshot read(String id, Properties properties) {
		try {
			String label = properties.getProperty("label");
			String pause = properties.getProperty("pause");
			String dumpBytes = properties.getProperty("dumpBytes");
			return new Snapshot(id, SnapshotKind.valueOf(get(properties, "kind")), SnapshotState.READY,
					printable(label), Boolean.parseBoolean(get(properties, "automatic")),
					Boolean.parseBoolean(get(properties, "uploaded")), false,
					Boolean.parseBoolean(get(properties, "liveOnly")), Instant.parse(get(properties, "takenAt")),
					Duration.parse(get(properties, "predictedPause")), (pause != null) ? Duration.parse(pause) : null,
					null, null,
					new SnapshotTotals(Integer.parseInt(get(properties, "classes")),
							Long.parseLong(get(properties, "totalCount")),
							Long.parseLong(get(properties, "totalShallowBytes"))),
					(dumpBytes != null) ? Long.valueOf(dumpBytes) : null);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	static long profileBytes(Properties properties) {
		return Long.parseLong(get(properties, "profileBytes"));
	}

	/**
	 * A label fit for terminals and logs: it comes from a request.
	 * @param label the label as it came
	 * @return the label, {@code null} where it is blank
	 */
	static @Nullable String printable(@Nullable String label) {
		return (label == null || label.isBlank()) ? null : PrintableName.of(label.strip(), MAXIMUM_LABEL_LENGTH);
	}

	private static String get(Properties properties, String name) {
		String value = properties.getProperty(name);
		if (value == null) {
			throw new IllegalArgumentException("its " + name + " is missing");
		}
		return value;
	}

	private static void put(Properties properties, String name, @Nullable Object value) {
		if (value != null) {
			properties.setProperty(name, value.toString());
		}
	}

}
