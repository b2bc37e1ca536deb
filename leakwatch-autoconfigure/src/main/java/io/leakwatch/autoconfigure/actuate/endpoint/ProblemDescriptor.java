package io.leakwatch.autoconfigure.actuate.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused.
 *
 * @param status the HTTP status
 * @param reason a word for a script, such as {@code COOLING_DOWN}
 * @param message what is wrong and what to do, for a person
 * @param retryAfterSeconds when to ask again, {@code null} where time does not mend it
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ProblemDescriptor(int status, String reason, String message, @Nullable Long retryAfterSeconds) {

	static ProblemDescriptor badRequest(String message) {
		return new ProblemDescriptor(400, "BAD_REQUEST", message, null);
	}

	static ProblemDescriptor notFound(String message) {
		return new ProblemDescriptor(404, "NOT_FOUND", message, null);
	}

}
