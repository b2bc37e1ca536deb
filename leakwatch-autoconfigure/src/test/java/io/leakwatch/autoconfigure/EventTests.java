package io.leakwatch.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.leakwatch.autoconfigure.event.LeakConfirmedEvent;
import io.leakwatch.autoconfigure.event.LeakSuspectedEvent;
import io.leakwatch.autoconfigure.event.SnapshotTakenEvent;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.monitor.Report;
import io.leakwatch.core.snapshot.Snapshots;
import io.leakwatch.core.suspect.Severity;
import io.leakwatch.core.suspect.Suspect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what the application is told.
 */
class EventTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LeakWatchAutoConfiguration.class))
		.withPropertyValues("leakwatch.watch.interval=100ms");

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void suspectedShouldPublishAndLogBySeverity(CapturedOutput output) {
		List<Object> events = new ArrayList<>();
		SuspectPublisher publisher = new SuspectPublisher(events::add);
		Suspect watched = TestReports.suspect("aaa", Severity.WATCH);
		Suspect probable = TestReports.suspect("bbb", Severity.PROBABLE);
		Suspect confirmed = TestReports.suspect("ccc", Severity.CONFIRMED);
		publisher.suspected(watched);
		publisher.suspected(probable);
		publisher.suspected(confirmed);
		assertThat(events).containsExactly(new LeakSuspectedEvent(watched), new LeakSuspectedEvent(probable),
				new LeakConfirmedEvent(confirmed));
		assertThat(output.getOut().lines()).anySatisfy((line) -> assertThat(line).contains("INFO", "WATCH", "aaa"))
			.anySatisfy((line) -> assertThat(line).contains("WARN", "PROBABLE", "bbb"))
			.anySatisfy((line) -> assertThat(line).contains("WARN", "CONFIRMED", "ccc", "Orders grow by 18 a minute",
					"Look at who keeps them."));
	}

	@Test
	void listenersShouldHearOfSnapshots() {
		this.runner.withPropertyValues(RunningApplication.NOTHING_AUTOMATIC)
			.withUserConfiguration(Listener.class)
			.run((context) -> {
				context.getBean(Snapshots.class).take("heard", false);
				assertThat(context.getBean(Listener.class).labels).containsExactly("heard");
			});
	}

	@Test
	void listenersShouldHearOfSuspects() {
		this.runner.withUserConfiguration(Listener.class).run((context) -> {
			context.getBean(SuspectPublisher.class).suspected(TestReports.suspect("aaa", Severity.PROBABLE));
			context.getBean(SuspectPublisher.class).suspected(TestReports.suspect("ccc", Severity.CONFIRMED));
			assertThat(context.getBean(Listener.class).suspects).containsExactly("suspected aaa", "confirmed ccc");
		});
	}

	@Test
	void watchWhenAListenerThrowsShouldGoOn() {
		this.runner
			.withPropertyValues("leakwatch.watch.warm-up=0s", "leakwatch.snapshots.interval=0s",
					"leakwatch.max-pause=60s", "leakwatch.budget=1")
			.withUserConfiguration(FailingListener.class)
			.run((context) -> {
				LeakWatchMonitor monitor = context.getBean(LeakWatchMonitor.class);
				Report first = monitor.awaitReport();
				// More than one: the failure did not end what takes them.
				await().atMost(Duration.ofSeconds(60))
					.until(() -> context.getBean(FailingListener.class).calls.get() >= 2);
				await().atMost(Duration.ofSeconds(60)).until(() -> monitor.awaitReport().at().isAfter(first.at()));
				assertThat(context.getBean(Snapshots.class).list()).hasSizeGreaterThanOrEqualTo(2);
			});
	}

	@Test
	void snapshotWhenAListenerThrowsShouldBeTaken() {
		this.runner.withPropertyValues(RunningApplication.NOTHING_AUTOMATIC)
			.withUserConfiguration(FailingListener.class)
			.run((context) -> assertThat(context.getBean(Snapshots.class).take("kept", false).label())
				.isEqualTo("kept"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Listener {

		private final List<String> labels = new ArrayList<>();

		private final List<String> suspects = new ArrayList<>();

		@EventListener
		void taken(SnapshotTakenEvent event) {
			this.labels.add(String.valueOf(event.snapshot().label()));
		}

		@EventListener
		void suspected(LeakSuspectedEvent event) {
			this.suspects.add("suspected " + event.suspect().id());
		}

		@EventListener
		void confirmed(LeakConfirmedEvent event) {
			this.suspects.add("confirmed " + event.suspect().id());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingListener {

		private final AtomicInteger calls = new AtomicInteger();

		@EventListener
		void taken(SnapshotTakenEvent event) {
			this.calls.incrementAndGet();
			throw new IllegalStateException("on purpose");
		}

	}

}
