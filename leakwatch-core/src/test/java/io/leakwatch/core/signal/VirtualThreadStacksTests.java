package io.leakwatch.core.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link VirtualThreadStacks}.
 */
class VirtualThreadStacksTests {

	private static final boolean CAN_TELL = Runtime.version().feature() >= 21;

	private final CountDownLatch end = new CountDownLatch(1);

	private final List<Thread> threads = new ArrayList<>();

	@AfterEach
	void endThreads() {
		this.end.countDown();
	}

	@Test
	void readShouldTellTheVirtualThreadsAndWhatTheyDo() throws Exception {
		if (!CAN_TELL) {
			assertThat(VirtualThreadStacks.read()).isNull();
			return;
		}
		start(3, "");
		start(2, "order-7\" virtual");
		await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			VirtualThreadStacks read = Objects.requireNonNull(VirtualThreadStacks.read());
			assertThat(read.complete()).isTrue();
			assertThat(inThisTest(read)).extracting(ThreadStack::group)
				.containsExactlyInAnyOrder(VirtualThreadStacks.UNNAMED, VirtualThreadStacks.UNNAMED,
						VirtualThreadStacks.UNNAMED, "order-#\" virtual", "order-#\" virtual");
			assertThat(inThisTest(read)).allSatisfy((thread) -> assertThat(thread.stack())
				.anyMatch((frame) -> frame.getClassName().equals(getClass().getName())
						&& frame.getMethodName().equals("work") && frame.getLineNumber() > 0
						&& "VirtualThreadStacksTests.java".equals(frame.getFileName()))
				.anyMatch((frame) -> frame.getClassName().equals("java.util.concurrent.CountDownLatch")));
		});
	}

	@Test
	void readWhenThereAreTooManyShouldTellSome() throws Exception {
		if (CAN_TELL) {
			start(2_000, "");
			VirtualThreadStacks read = Objects.requireNonNull(VirtualThreadStacks.read(1));
			assertThat(read.complete()).isFalse();
		}
	}

	private static List<ThreadStack> inThisTest(VirtualThreadStacks read) {
		return read.stacks()
			.stream()
			.filter((thread) -> thread.stack()
				.stream()
				.anyMatch((frame) -> frame.getClassName().equals(VirtualThreadStacksTests.class.getName())))
			.toList();
	}

	private void start(int count, String name) throws ReflectiveOperationException {
		for (int i = 0; i < count; i++) {
			// Not there on JDK 17, for which this is compiled.
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			Class<?> type = Class.forName("java.lang.Thread$Builder");
			type.getMethod("name", String.class).invoke(builder, name);
			this.threads.add((Thread) type.getMethod("start", Runnable.class).invoke(builder, (Runnable) this::work));
		}
	}

	private void work() {
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
