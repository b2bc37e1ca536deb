package io.leakwatch.autoconfigure.operation;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of measured operations. None is needed.
 */
@ConfigurationProperties("leakwatch.operations")
public final class LeakWatchOperationsProperties {

	/**
	 * Whether methods with the annotation MeasureAllocation are measured.
	 */
	private boolean annotations = true;

	/**
	 * Whether it is measured how much memory each HTTP request takes, by method and path
	 * pattern.
	 */
	private boolean http;

	/**
	 * Properties with their defaults.
	 */
	public LeakWatchOperationsProperties() {
	}

	/**
	 * Whether annotated methods are measured.
	 * @return whether they are
	 */
	public boolean isAnnotations() {
		return this.annotations;
	}

	/**
	 * Switches the measuring of annotated methods on or off.
	 * @param annotations whether they are measured
	 */
	public void setAnnotations(boolean annotations) {
		this.annotations = annotations;
	}

	/**
	 * Whether HTTP requests are measured.
	 * @return whether they are
	 */
	public boolean isHttp() {
		return this.http;
	}

	/**
	 * Switches the measuring of HTTP requests on or off.
	 * @param http whether they are measured
	 */
	public void setHttp(boolean http) {
		this.http = http;
	}

}
