package io.leakwatch.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.autoconfigure.ConfigurationMetadata.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the metadata from which an editor completes and explains the properties.
 */
class ConfigurationMetadataTests {

	private final List<Property> properties = ConfigurationMetadata.ownProperties();

	@Test
	void everyPropertyShouldHaveATypeAndADescription() {
		assertThat(this.properties).isNotEmpty().allSatisfy((property) -> {
			assertThat(property.type()).as("type of %s", property.name()).isNotBlank();
			assertThat(property.description()).as("description of %s", property.name())
				.isNotBlank()
				.endsWith(".")
				.doesNotStartWithIgnoringCase("the ")
				.doesNotStartWithIgnoringCase("a ")
				.doesNotContainIgnoringCase("default is");
			if (Boolean.class.getName().equals(property.type())) {
				assertThat(property.description()).startsWith("Whether ");
			}
		});
	}

	@Test
	void propertiesShouldBeTheseWithTheseDefaults() {
		Map<String, @Nullable Object> defaults = new HashMap<>();
		this.properties.forEach((property) -> defaults.put(property.name(), property.defaultValue()));
		Map<String, @Nullable Object> expected = new HashMap<>();
		expected.put("leakwatch.enabled", true);
		expected.put("leakwatch.budget", 0.005);
		expected.put("leakwatch.max-pause", "200ms");
		expected.put("leakwatch.ignore", null);
		expected.put("leakwatch.watch.interval", "15s");
		expected.put("leakwatch.watch.warm-up", "5m");
		expected.put("leakwatch.watch.containers", true);
		expected.put("leakwatch.watch.allocations", true);
		expected.put("leakwatch.snapshots.interval", "10m");
		expected.put("leakwatch.snapshots.cool-down", "10s");
		expected.put("leakwatch.snapshots.max-pause", null);
		expected.put("leakwatch.snapshots.heap-dump-cool-down", "1m");
		expected.put("leakwatch.snapshots.maximum-count", 20);
		expected.put("leakwatch.snapshots.maximum-size", "64MB");
		expected.put("leakwatch.snapshots.directory", null);
		expected.put("leakwatch.snapshots.maximum-dump-size", "16GB");
		expected.put("leakwatch.snapshots.keep-dumps", false);
		expected.put("leakwatch.snapshots.analysis", "process");
		expected.put("leakwatch.snapshots.analysis-time-limit", "30m");
		expected.put("leakwatch.snapshots.refuse-traffic", false);
		expected.put("leakwatch.snapshots.refuse-traffic-before", "10s");
		expected.put("leakwatch.snapshots.on-suspicion", false);
		expected.put("leakwatch.snapshots.suspicion-delay", "10m");
		expected.put("leakwatch.snapshots.suspicion-interval", "6h");
		expected.put("leakwatch.metrics.jvm", true);
		expected.put("leakwatch.expectations.enabled", true);
		expected.put("leakwatch.expectations.delay", "1m");
		expected.put("leakwatch.operations.annotations", true);
		expected.put("leakwatch.operations.http", false);
		expected.put("leakwatch.caches.mode", "bound");
		expected.put("leakwatch.caches.defaults.maximum-size", 10_000);
		expected.put("leakwatch.caches.by-name", null);
		expected.put("leakwatch.caches.alert-share", 0.8);
		assertThat(defaults).containsExactlyInAnyOrderEntriesOf(expected);
	}

}
