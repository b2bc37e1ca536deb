package io.leakwatch.example.leak.directbuffer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.example.leak.Leak;
import io.leakwatch.example.leak.LeakDescription;
import io.leakwatch.example.leak.LeakKind;
import io.leakwatch.example.shop.OrderView;

import org.springframework.stereotype.Component;

/**
 * Writes each order into a direct buffer and keeps the buffer.
 */
@Component
class DirectBufferLeak implements Leak {

	private static final int BUFFER_BYTES = 64 * 1024;

	private final List<ByteBuffer> buffers = new ArrayList<>();

	@Override
	public LeakDescription describe() {
		return new LeakDescription("direct-buffer", LeakKind.DIRECT_MEMORY,
				"Each order is written into a direct buffer of 64 KB, outside the heap, and the buffer is kept.",
				"java.nio.DirectByteBuffer",
				LeakDescription.holder("bean 'directBufferLeak'", DirectBufferLeak.class, "buffers", ArrayList.class));
	}

	@Override
	public synchronized void leak(OrderView order) {
		ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
		buffer.put(order.toString().getBytes(StandardCharsets.UTF_8));
		this.buffers.add(buffer);
	}

	@Override
	public synchronized long leaked() {
		return this.buffers.size();
	}

	@Override
	public synchronized void release() {
		this.buffers.clear();
	}

}
