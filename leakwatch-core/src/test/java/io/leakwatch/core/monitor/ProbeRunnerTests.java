package io.leakwatch.core.monitor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link ProbeRunner}.
 */
class ProbeRunnerTests {

	private final AtomicLong nanoTime = new AtomicLong();

	private final Budget budget = new Budget(0.01, Duration.ofMillis(100), this.nanoTime::get);

	private final List<String> heard = new ArrayList<>();

	private final AtomicLong processorNanos = new AtomicLong();

	private final MonitorListener listener = new MonitorListener() {

		@Override
		public void probed(String probe, Duration duration) {
			ProbeRunnerTests.this.heard.add(probe + " " + duration.toMillis());
		}

	};

	private final MonitorListener failing = new MonitorListener() {

		@Override
		public void probed(String probe, Duration duration) {
			throw new IllegalStateException("on purpose");
		}

	};

	private final ProbeRunner runner = new ProbeRunner(this.budget, List.of(this.failing, this.listener),
			this.nanoTime::get, this.processorNanos::get);

	@Test
	void runShouldTimePayAndTell() {
		Duration duration = this.runner.run("gauges", () -> this.nanoTime.addAndGet(400_000_000));
		assertThat(duration).isEqualTo(Duration.ofMillis(400));
		assertThat(this.heard).containsExactly("gauges 400");
		assertThat(this.budget.affords(Duration.ofMillis(200))).isTrue();
		assertThat(this.budget.affords(Duration.ofMillis(250))).isFalse();
	}

	@Test
	void runAloneWhenTheProcessorsAreBusyShouldPayForItsOwnTimeOnly() {
		Duration cost = this.runner.runAlone("census", () -> {
			this.nanoTime.addAndGet(5_000_000_000L);
			this.processorNanos.addAndGet(400_000_000);
		});
		assertThat(cost).isEqualTo(Duration.ofMillis(400));
		assertThat(this.heard).containsExactly("census 5000");
		assertThat(this.budget.spentShare()).isCloseTo(0.4 / 5, within(0.001));
	}

	@Test
	void runAloneWhenTheProcessorsClockIsCoarseShouldPayNoMoreThanItTook() {
		Duration cost = this.runner.runAlone("census", () -> {
			this.nanoTime.addAndGet(1_000_000);
			this.processorNanos.addAndGet(15_000_000);
		});
		assertThat(cost).isEqualTo(Duration.ofMillis(1));
	}

	@Test
	void runWhenTheProbeFailsShouldPaySwitchItOffAndLeaveTheOthersOn() {
		AtomicInteger calls = new AtomicInteger();
		for (int i = 0; i < 3; i++) {
			this.runner.run("bad", () -> {
				calls.incrementAndGet();
				this.nanoTime.addAndGet(700_000_000);
				throw new IOException("on purpose");
			});
			this.runner.run("good", () -> {
			});
		}
		assertThat(calls).hasValue(1);
		assertThat(this.runner.isOff("bad")).isTrue();
		assertThat(this.runner.isOff("good")).isFalse();
		assertThat(this.heard).containsExactly("bad 700", "good 0", "good 0", "good 0");
		assertThat(this.budget.affords(Duration.ofNanos(1))).isFalse();
		assertThat(this.runner.run("bad", () -> {
		})).isEqualTo(Duration.ZERO);
	}

	@Test
	void runWhenAClassIsMissingShouldSwitchTheProbeOff() {
		this.runner.run("bad", () -> {
			throw new NoClassDefFoundError("on purpose");
		});
		assertThat(this.runner.isOff("bad")).isTrue();
	}

	@Test
	void runWhenInterruptedShouldKeepTheInterruptAndTheProbe() {
		this.runner.run("waiting", () -> {
			throw new InterruptedException();
		});
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.runner.isOff("waiting")).isFalse();
	}

	@Test
	void tellWhenAListenerFailsShouldTellTheOthersAndItAgain() {
		AtomicInteger calls = new AtomicInteger();
		for (int i = 0; i < 3; i++) {
			this.runner.tell((each) -> {
				calls.incrementAndGet();
				each.probed("p", Duration.ZERO);
			});
		}
		assertThat(calls).hasValue(6);
		assertThat(this.heard).hasSize(3);
	}

}
