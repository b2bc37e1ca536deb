package io.leakwatch.core.profile;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Whether this run time has a Flight Recorder. Asking starts nothing.
 */
final class FlightRecorderSupport {

	private FlightRecorderSupport() {
	}

	/**
	 * Why there is none.
	 * @return a sentence, {@code null} where there is one
	 */
	static @Nullable String reasonAgainst() {
		try {
			return FlightRecorder.isAvailable() ? null
					: "This JVM has no Flight Recorder, or -XX:-FlightRecorder switches it off: lines of code that allocate are not told";
		}
		catch (LinkageError ex) {
			return "This run time lacks the module jdk.jfr: lines of code that allocate are not told. Add it to the image (jlink --add-modules jdk.jfr)";
		}
	}

}
