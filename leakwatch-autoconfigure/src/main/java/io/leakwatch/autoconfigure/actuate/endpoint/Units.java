package io.leakwatch.autoconfigure.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import io.leakwatch.core.suspect.Counts;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as a person reads them.
 */
final class Units {

	private Units() {
	}

	static String bytes(@Nullable Long bytes) {
		return (bytes == null) ? "unknown" : Counts.bytes(bytes);
	}

	static String count(@Nullable Number count) {
		return (count == null) ? "unknown" : String.format(Locale.ROOT, "%,d", Math.round(count.doubleValue()));
	}

	static String signed(long count) {
		return String.format(Locale.ROOT, "%+,d", count);
	}

	static String signedBytes(long bytes) {
		return ((bytes > 0) ? "+" : "") + bytes(bytes);
	}

	static String percent(@Nullable Double share) {
		return (share == null) ? "–" : String.format(Locale.ROOT, "%.1f %%", share * 100);
	}

	/** The moment to the second, in UTC. */
	static String time(Instant moment) {
		return moment.truncatedTo(ChronoUnit.SECONDS).toString();
	}

	static String duration(Duration duration) {
		long seconds = duration.toSeconds();
		if (seconds < 120) {
			return seconds + " s";
		}
		return (seconds < 7200) ? seconds / 60 + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
	}

}
