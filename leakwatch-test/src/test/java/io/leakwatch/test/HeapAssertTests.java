package io.leakwatch.test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HeapAssert}.
 */
@Isolated
class HeapAssertTests {

	private final List<Object> kept = new ArrayList<>();

	@Test
	void assertThatNothingIsLeftBehindWhenObjectsStayShouldThrow() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> HeapAssert.assertThatNothingIsLeftBehind(100, () -> this.kept.add(new Ticket[2])))
			.withMessageContaining("\n    100 " + Ticket.class.getName() + "[] (")
			.withMessageContaining("10 to warm up");
		assertThat(this.kept).hasSize(110);
	}

	@Test
	void assertThatNothingIsLeftBehindWhenNothingStaysShouldReturn() {
		HeapAssert.assertThatNothingIsLeftBehind(100, () -> assertThat(new Ticket()).isNotNull());
	}

	@Test
	void assertThatNothingIsLeftBehindWhenClassIsIgnoredShouldReturn() {
		HeapAssert.assertThatNothingIsLeftBehind(5, 200, () -> this.kept.add(new Ticket()), "*.HeapAssertTests$Ticket");
		assertThat(this.kept).hasSize(205);
	}

	@Test
	void assertThatNothingIsLeftBehindWhenOperationThrowsShouldThrowThat() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> HeapAssert.assertThatNothingIsLeftBehind(100, () -> {
				throw new IOException("no more");
			}))
			.withMessage("no more");
	}

	@Test
	void assertThatNothingIsLeftBehindWhenWarmUpIsNegativeShouldThrow() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> HeapAssert.assertThatNothingIsLeftBehind(-1, 100, () -> this.kept.add(new Ticket())))
			.withMessage("warmup must be zero or more, it is -1");
		assertThat(this.kept).isEmpty();
	}

	private static final class Ticket {

	}

}
