package io.leakwatch.core.suspect;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pace}.
 */
class PaceTests {

	@Test
	void isSameShouldTakeWholeMultiplesEitherWay() {
		assertThat(Pace.isSame(100, 100, 3, 0.05)).isTrue();
		assertThat(Pace.isSame(100, 204, 3, 0.05)).isTrue();
		assertThat(Pace.isSame(204, 100, 3, 0.05)).isTrue();
		assertThat(Pace.isSame(100, 150, 3, 0.05)).isFalse();
		assertThat(Pace.isSame(100, 400, 3, 0.05)).isFalse();
	}

	@Test
	void isSameWhenOneDoesNotGrowShouldBeFalse() {
		assertThat(Pace.isSame(0, 0, 3, 0.05)).isFalse();
		assertThat(Pace.isSame(-5, 5, 3, 0.05)).isFalse();
	}

}
