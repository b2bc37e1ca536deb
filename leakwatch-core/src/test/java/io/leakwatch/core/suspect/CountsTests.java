package io.leakwatch.core.suspect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Counts}.
 */
class CountsTests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "2.5, 2.5", "-2.5, -2.5", "3, 3", "9.96, 10.0", "12.4, 12", "1234567.8, '1,234,568'" })
	void numberShouldBeShort(double value, String text) {
		assertThat(Counts.number(value)).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0 B", "1023, 1023 B", "1024, 1.0 KB", "-2048, -2.0 KB", "1572864, 1.5 MB", "1073741824, 1.0 GB",
			"1099511627776, 1.0 TB", "1125899906842624, 1024.0 TB" })
	void bytesShouldHaveAUnit(double bytes, String text) {
		assertThat(Counts.bytes(bytes)).isEqualTo(text);
	}

	@Test
	void numberWhenWholeShouldBeGrouped() {
		assertThat(Counts.number(1_234_567L)).isEqualTo("1,234,567");
	}

}
