package io.leakwatch.autoconfigure.actuate.endpoint;

import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;

/**
 * The forms in which the endpoints answer.
 */
public enum ReportFormat implements Producible<ReportFormat> {

	/** Tables for a terminal. */
	TEXT("text/plain;charset=UTF-8"),

	/** JSON, which who asks for nothing particular gets. */
	JSON("application/json");

	private final String mimeType;

	ReportFormat(String mimeType) {
		this.mimeType = mimeType;
	}

	@Override
	public MimeType getProducedMimeType() {
		return MimeType.valueOf(this.mimeType);
	}

	@Override
	public boolean isDefault() {
		return this == JSON;
	}

}
