package io.leakwatch.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The generated description of the properties.
 *
 * @param properties each property
 */
record ConfigurationMetadata(List<Property> properties) {

	/** The properties that begin with {@code leakwatch.}. */
	static List<Property> ownProperties() {
		try (InputStream file = Objects.requireNonNull(
				LeakWatchAutoConfiguration.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
			// Boot's own generator adds the access of each endpoint, below "management.".
			return JsonMapper.builder()
				.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.build()
				.readValue(file, ConfigurationMetadata.class)
				.properties()
				.stream()
				.filter((property) -> property.name().startsWith("leakwatch."))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * One property.
	 *
	 * @param name its name
	 * @param type the class of its value
	 * @param description a sentence
	 * @param defaultValue its default, {@code null} for none
	 */
	record Property(String name, @Nullable String type, @Nullable String description, @Nullable Object defaultValue) {
	}

}
