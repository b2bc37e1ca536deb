package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.function.Supplier;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Answers in the format that was asked for.
 */
final class Answers {

	private Answers() {
	}

	static WebEndpointResponse<Object> of(ReportFormat format, Object json, Supplier<String> text) {
		return of(format, json, text, WebEndpointResponse.STATUS_OK);
	}

	/** A refusal, with what to do about it. */
	static WebEndpointResponse<Object> problem(ReportFormat format, ProblemDescriptor problem) {
		return of(format, problem, () -> problem.message() + "\n", problem.status());
	}

	private static WebEndpointResponse<Object> of(ReportFormat format, Object json, Supplier<String> text, int status) {
		return new WebEndpointResponse<>((format == ReportFormat.TEXT) ? text.get() : json, status,
				format.getProducedMimeType());
	}

}
