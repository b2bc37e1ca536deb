package io.leakwatch.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the watch. None is needed.
 */
@ConfigurationProperties("leakwatch")
public final class LeakWatchProperties {

	/**
	 * Whether LeakWatch is on.
	 */
	private boolean enabled = true;

	/**
	 * Share of the wall time that watching may cost, above 0 and up to 1.
	 */
	private double budget = 0.005;

	/**
	 * Longest predicted pause of the application that LeakWatch causes by itself.
	 */
	private Duration maxPause = Duration.ofMillis(200);

	/**
	 * Names of classes and holders that may grow; an asterisk stands for any characters.
	 */
	private List<String> ignore = new ArrayList<>();

	private final Watch watch = new Watch();

	private final Metrics metrics = new Metrics();

	private final Expectations expectations = new Expectations();

	/**
	 * Properties with their defaults.
	 */
	public LeakWatchProperties() {
	}

	/**
	 * Whether LeakWatch is on.
	 * @return whether it is on
	 */
	public boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Switches LeakWatch on or off.
	 * @param enabled whether it is on
	 */
	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	/**
	 * The share of the wall time that watching may cost.
	 * @return a share above 0 and up to 1
	 */
	public double getBudget() {
		return this.budget;
	}

	/**
	 * Sets the share of the wall time that watching may cost.
	 * @param budget a share above 0 and up to 1
	 */
	public void setBudget(double budget) {
		this.budget = budget;
	}

	/**
	 * The longest predicted pause that LeakWatch causes by itself.
	 * @return a duration
	 */
	public Duration getMaxPause() {
		return this.maxPause;
	}

	/**
	 * Sets the longest predicted pause that LeakWatch causes by itself.
	 * @param maxPause a duration
	 */
	public void setMaxPause(Duration maxPause) {
		this.maxPause = maxPause;
	}

	/**
	 * The names of classes and holders that may grow.
	 * @return patterns
	 */
	public List<String> getIgnore() {
		return this.ignore;
	}

	/**
	 * Sets the names of classes and holders that may grow.
	 * @param ignore patterns, in which an asterisk stands for any characters
	 */
	public void setIgnore(List<String> ignore) {
		this.ignore = ignore;
	}

	/**
	 * The schedule.
	 * @return its properties
	 */
	public Watch getWatch() {
		return this.watch;
	}

	/**
	 * The meters.
	 * @return their properties
	 */
	public Metrics getMetrics() {
		return this.metrics;
	}

	/**
	 * What is expected to be collected.
	 * @return its properties
	 */
	public Expectations getExpectations() {
		return this.expectations;
	}

	/**
	 * The schedule.
	 */
	public static final class Watch {

		/**
		 * Time from one look at the JVM to the next.
		 */
		private Duration interval = Duration.ofSeconds(15);

		/**
		 * Time after the start in which nothing is judged.
		 */
		private Duration warmUp = Duration.ofMinutes(5);

		/**
		 * Whether the sizes of maps, collections, queues and caches are watched.
		 */
		private boolean containers = true;

		/**
		 * Whether the Flight Recorder is asked where a suspect is allocated.
		 */
		private boolean allocations = true;

		private Watch() {
		}

		/**
		 * The time from one look to the next.
		 * @return a duration
		 */
		public Duration getInterval() {
			return this.interval;
		}

		/**
		 * Sets the time from one look to the next.
		 * @param interval a duration
		 */
		public void setInterval(Duration interval) {
			this.interval = interval;
		}

		/**
		 * The time after the start in which nothing is judged.
		 * @return a duration
		 */
		public Duration getWarmUp() {
			return this.warmUp;
		}

		/**
		 * Sets the time after the start in which nothing is judged.
		 * @param warmUp a duration
		 */
		public void setWarmUp(Duration warmUp) {
			this.warmUp = warmUp;
		}

		/**
		 * Whether the sizes of maps, collections, queues and caches are watched.
		 * @return whether they are
		 */
		public boolean isContainers() {
			return this.containers;
		}

		/**
		 * Sets whether the sizes of maps, collections, queues and caches are watched.
		 * @param containers whether they are
		 */
		public void setContainers(boolean containers) {
			this.containers = containers;
		}

		/**
		 * Whether the Flight Recorder is asked where a suspect is allocated.
		 * @return whether it is
		 */
		public boolean isAllocations() {
			return this.allocations;
		}

		/**
		 * Sets whether the Flight Recorder is asked where a suspect is allocated.
		 * @param allocations whether it is
		 */
		public void setAllocations(boolean allocations) {
			this.allocations = allocations;
		}

	}

	/**
	 * The meters.
	 */
	public static final class Metrics {

		/**
		 * Whether meters of the JVM are registered where Spring Boot registers none.
		 */
		private boolean jvm = true;

		private Metrics() {
		}

		/**
		 * Whether meters of the JVM are registered where Spring Boot registers none.
		 * @return whether they are
		 */
		public boolean isJvm() {
			return this.jvm;
		}

		/**
		 * Sets whether meters of the JVM are registered where Spring Boot registers none.
		 * @param jvm whether they are
		 */
		public void setJvm(boolean jvm) {
			this.jvm = jvm;
		}

	}

	/**
	 * What is expected to be collected.
	 */
	public static final class Expectations {

		/**
		 * Whether it is watched that objects are collected which nobody needs any more:
		 * those that the application tells of, ended sessions and closed contexts.
		 */
		private boolean enabled = true;

		/**
		 * Time that such an object may take to be given up by all who have it.
		 */
		private Duration delay = Duration.ofMinutes(1);

		/**
		 * Properties with their defaults.
		 */
		public Expectations() {
		}

		/**
		 * Whether such objects are watched.
		 * @return whether they are
		 */
		public boolean isEnabled() {
			return this.enabled;
		}

		/**
		 * Switches the watching of such objects on or off.
		 * @param enabled whether they are watched
		 */
		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		/**
		 * How long such an object may take to be given up.
		 * @return a duration
		 */
		public Duration getDelay() {
			return this.delay;
		}

		/**
		 * Sets how long such an object may take to be given up.
		 * @param delay a duration
		 */
		public void setDelay(Duration delay) {
			this.delay = delay;
		}

	}

}
