package io.leakwatch.autoconfigure.cache;

import java.util.Map;

import io.leakwatch.autoconfigure.cache.LeakWatchCacheProperties.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link LeakWatchCacheProperties}.
 */
class LeakWatchCachePropertiesTests {

	@Test
	void bindWhenNothingIsSetShouldHaveDefaults() {
		LeakWatchCacheProperties properties = bind(Map.of());
		assertThat(properties.getMode()).isEqualTo(Mode.BOUND);
		assertThat(properties.maximumSize("any")).isEqualTo(10_000);
		assertThat(properties.getAlertShare()).isEqualTo(0.8);
	}

	@Test
	void bindShouldPreferTheBoundOfTheCache() {
		LeakWatchCacheProperties properties = bind(Map.of("leakwatch.caches.mode", "off",
				"leakwatch.caches.defaults.maximum-size", "70", "leakwatch.caches.by-name.orders.maximum-size", "5",
				"leakwatch.caches.by-name[my.cache].maximum-size", "6", "leakwatch.caches.alert-share", "1"));
		assertThat(properties.getMode()).isEqualTo(Mode.OFF);
		assertThat(properties.maximumSize("orders")).isEqualTo(5);
		assertThat(properties.maximumSize("my.cache")).isEqualTo(6);
		assertThat(properties.maximumSize("quotes")).isEqualTo(70);
		assertThat(properties.getAlertShare()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "defaults.maximum-size,0", "defaults.maximum-size,-1", "by-name.orders.maximum-size,0",
			"alert-share,0", "alert-share,1.01", "alert-share,-0.5" })
	void bindWhenOutOfRangeShouldSayWhatIsWrong(String name, String value) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("leakwatch.caches." + name, value)))
			.satisfies((ex) -> assertThat(ex.getProperty()).extracting("name").hasToString("leakwatch.caches." + name))
			.havingRootCause()
			.withMessageContaining("must be greater than 0")
			.withMessageContaining(value);
	}

	private static LeakWatchCacheProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("leakwatch.caches",
				LeakWatchCacheProperties.class);
	}

}
