package io.leakwatch.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the metadata from which an editor completes and explains the properties.
 */
class ConfigurationMetadataTests {

	@Test
	void everyPropertyShouldHaveATypeAndADescription() throws IOException {
		assertThat(properties()).isNotEmpty().allSatisfy((property) -> {
			assertThat(property.get("type")).as("type of %s", property.get("name")).isInstanceOf(String.class);
			assertThat(property.get("description")).as("description of %s", property.get("name"))
				.asString()
				.isNotBlank()
				.endsWith(".")
				.doesNotStartWithIgnoringCase("the ")
				.doesNotStartWithIgnoringCase("a ")
				.doesNotContainIgnoringCase("default is");
			if (Boolean.class.getName().equals(property.get("type"))) {
				assertThat(property.get("description")).asString().startsWith("Whether ");
			}
		});
	}

	@Test
	void propertiesOfTheCachesShouldHaveDefaults() throws IOException {
		assertThat(find("leakwatch.caches.mode")).containsEntry("defaultValue", "bound");
		assertThat(find("leakwatch.caches.defaults.maximum-size")).containsEntry("defaultValue", 10_000)
			.containsEntry("type", "java.lang.Long");
		assertThat(find("leakwatch.caches.alert-share")).containsEntry("defaultValue", 0.8)
			.containsEntry("type", "java.lang.Double");
		assertThat(find("leakwatch.caches.by-name").get("type")).asString().contains("Limits");
	}

	private static Map<String, Object> find(String name) throws IOException {
		return properties().stream().filter((property) -> name.equals(property.get("name"))).findFirst().orElseThrow();
	}

	private static List<Map<String, Object>> properties() throws IOException {
		try (InputStream metadata = LeakWatchAutoConfiguration.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(metadata).isNotNull();
			Metadata content = JsonMapper.builder()
				.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.build()
				.readValue(metadata, Metadata.class);
			// Boot's own generator adds the access of each endpoint, below "management.".
			return content.properties()
				.stream()
				.filter((property) -> String.valueOf(property.get("name")).startsWith("leakwatch."))
				.toList();
		}
	}

	/** The part of the file that is looked at. */
	record Metadata(List<Map<String, Object>> properties) {
	}

}
