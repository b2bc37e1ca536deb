package io.leakwatch.core.census;

import java.time.Duration;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NettyMemory}, with Netty itself.
 */
class NettyMemoryTests {

	private static final int CAPACITY = 40 << 20;

	@Test
	void nettyBytesShouldRiseWithNettysBuffers() {
		ByteBuf first = PooledByteBufAllocator.DEFAULT.directBuffer(1);
		ContainerCensus census = new ContainerCensus(
				() -> List.of(new NamedRoot("buffer", PooledByteBufAllocator.DEFAULT)));
		assertThat(census.nettyBytes()).isZero();
		// Its class loader is known by what a pass has seen.
		census.walk(Duration.ofSeconds(30));
		census.refreshClasses();
		long before = census.nettyBytes();
		ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY);
		assertThat(census.nettyBytes() - before).isGreaterThanOrEqualTo(CAPACITY);
		buffer.release();
		first.release();
	}

}
