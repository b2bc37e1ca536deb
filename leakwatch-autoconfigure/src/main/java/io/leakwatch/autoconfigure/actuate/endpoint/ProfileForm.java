package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.util.MimeType;

/**
 * The forms in which profiles are answered.
 */
public enum ProfileForm implements Producible<ProfileForm> {

	/** What {@code go tool pprof} opens, which who asks for nothing particular gets. */
	PPROF("application/octet-stream"),

	/** A table of the functions with most, for a terminal. */
	TEXT("text/plain;charset=UTF-8"),

	/** A flame graph, for a browser. */
	HTML("text/html;charset=UTF-8"),

	/** The recording itself, in Flight Recorder's own format. */
	JFR("application/x-java-flight-recording");

	private final String mimeType;

	ProfileForm(String mimeType) {
		this.mimeType = mimeType;
	}

	@Override
	public MimeType getProducedMimeType() {
		return MimeType.valueOf(this.mimeType);
	}

	@Override
	public boolean isDefault() {
		return this == PPROF;
	}

	/** The form of a name, {@code null} where there is none of that name. */
	static @Nullable ProfileForm of(String name) {
		for (ProfileForm form : values()) {
			if (form.name().toLowerCase(Locale.ROOT).equals(name)) {
				return form;
			}
		}
		return null;
	}

}
