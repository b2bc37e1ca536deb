package io.leakwatch.example.leak;

import java.util.Collection;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * Thrown for a leak that does not exist. Answered with 404 and the ids of those that do.
 */
// Never written to a stream.
@SuppressWarnings("serial")
class UnknownLeakException extends ErrorResponseException {

	UnknownLeakException(String id, Collection<String> ids) {
		super(HttpStatus.NOT_FOUND);
		setDetail("There is no leak '" + id + "'. There are: " + String.join(", ", ids));
		getBody().setProperty("ids", ids);
	}

}
