package io.leakwatch.core.suspect;

import java.util.Random;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Shapes of the entries of a container, tick by tick, with chance in all that has chance
 * in a service: arrivals, how long something stays, the traffic. A tick stands for the
 * fifteen seconds of the default schedule, and the first {@value #WARM_UP} ticks for its
 * warm-up.
 */
enum SyntheticShape {

	/** As many come as go: connections, work under way. */
	FLAT_WITH_NOISE(false, 480, (random) -> {
		double level = logUniform(random, 20, 50_000);
		double stay = logUniform(random, 1, 100);
		return new Visitors(random, stay, (tick) -> level / stay, false);
	}),

	/** Something that is learnt once: nears its end, at most in the warm-up's time. */
	WARM_UP_CURVE(false, 480, (random) -> {
		double end = logUniform(random, 100, 100_000);
		double time = logUniform(random, 0.5, SyntheticShape.WARM_UP);
		return new Arrivals(random, (tick) -> end / time * Math.exp(-tick / time));
	}),

	/** Collected, and worked off at once, every five minutes or more often. */
	SAW_TOOTH(false, 480, (random) -> {
		int period = 2 + random.nextInt(19);
		int phase = random.nextInt(period);
		Arrivals arrivals = new Arrivals(random, constant(logUniform(random, 1, 1_000)));
		return new Ticks() {

			@Override
			public double entries(int tick) {
				if ((tick + phase) % period == 0) {
					arrivals.clear();
				}
				return arrivals.entries(tick);
			}

		};
	}),

	/** A day of sessions, which follow the traffic. */
	DAY_WAVE(false, 5760, (random) -> {
		double level = logUniform(random, 50, 20_000);
		double stay = 20 + random.nextDouble() * 100;
		double height = 0.2 + random.nextDouble() * 0.5;
		double phase = random.nextDouble() * 2 * Math.PI;
		return new Visitors(random, stay,
				(tick) -> level / stay * (1 + height * Math.sin(2 * Math.PI * tick / 5760 + phase)), true);
	}),

	/** Another level from some moment on, after a deployment elsewhere for instance. */
	STEP(false, 480, (random) -> {
		double level = logUniform(random, 20, 50_000);
		double stay = logUniform(random, 1, 5);
		double factor = 1.1 + random.nextDouble() * 3;
		int at = random.nextInt(300);
		return new Visitors(random, stay, (tick) -> level / stay * ((tick < at) ? 1 : factor), false);
	}),

	/** Loaded once, in three and a half minutes or less, and read from then on. */
	RAMP_THAT_ENDS(false, 480, (random) -> {
		double rate = logUniform(random, 5, 10_000);
		int begin = random.nextInt(200);
		int end = begin + 1 + random.nextInt(14);
		return new Arrivals(random, (tick) -> (tick >= begin && tick < end) ? rate : 0);
	}),

	/** Some entries a minute stay. */
	SLOW_LEAK(true, 480, (random) -> {
		Arrivals leaked = new Arrivals(random, constant(logUniform(random, 0.3, 3)));
		int before = random.nextInt(10_000);
		return (tick) -> before + leaked.entries(tick);
	}),

	/** Up to thousands a minute stay, among others that come and go. */
	LEAK(true, 60, (random) -> {
		double rate = logUniform(random, 4, 5_000);
		Arrivals leaked = new Arrivals(random, constant(rate));
		Visitors others = new Visitors(random, 1, constant(rate * random.nextDouble() / 4), false);
		return (tick) -> leaked.entries(tick) + others.entries(tick);
	}),

	/** A leak with a wave in the traffic, and with gusts. */
	LEAK_UNDER_CHANGING_TRAFFIC(true, 480, (random) -> {
		double rate = logUniform(random, 4, 1_000);
		double height = 0.2 + random.nextDouble() * 0.5;
		double period = 240 + random.nextDouble() * 5000;
		double phase = random.nextDouble() * 2 * Math.PI;
		double[] gust = { 1 };
		return new Arrivals(random, (tick) -> {
			gust[0] = Math.max(0.3, 1 + 0.7 * (gust[0] - 1) + 0.15 * random.nextGaussian());
			return rate * gust[0] * (1 + height * Math.sin(2 * Math.PI * tick / period + phase));
		});
	});

	static final int WARM_UP = 20;

	/** Whether it is a leak. */
	final boolean leaks;

	/** How many ticks it is watched after the warm-up. */
	final int ticks;

	// Each maker has its state in what it makes.
	@SuppressWarnings("ImmutableEnumChecker")
	private final Function<Random, Ticks> maker;

	SyntheticShape(boolean leaks, int ticks, Function<Random, Ticks> maker) {
		this.leaks = leaks;
		this.ticks = ticks;
		this.maker = maker;
	}

	Ticks make(long seed) {
		return this.maker.apply(new Random(seed * 31 + name().hashCode()));
	}

	private static double logUniform(Random random, double from, double to) {
		return from * Math.pow(to / from, random.nextDouble());
	}

	private static Rate constant(double rate) {
		return (tick) -> rate;
	}

	/** As many as the chance of single events makes of this mean. */
	private static double poisson(Random random, double mean) {
		if (mean > 50) {
			return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
		}
		double limit = Math.exp(-mean);
		double product = random.nextDouble();
		int count = 0;
		while (product > limit) {
			product *= random.nextDouble();
			count++;
		}
		return count;
	}

	/** A size at each tick, to be asked once for each, in order. */
	interface Ticks {

		double entries(int tick);

		/** The requests so far, {@code null} where they are not counted. */
		default @Nullable Long requests() {
			return null;
		}

	}

	/** A mean number at a tick. */
	private interface Rate {

		double at(int tick);

	}

	/** What comes and stays; each is a request. */
	private static final class Arrivals implements Ticks {

		private final Random random;

		private final Rate rate;

		private double count;

		private double ever;

		private Arrivals(Random random, Rate rate) {
			this.random = random;
			this.rate = rate;
		}

		@Override
		public double entries(int tick) {
			double come = poisson(this.random, this.rate.at(tick));
			this.count += come;
			this.ever += come;
			return this.count;
		}

		@Override
		public Long requests() {
			return (long) this.ever;
		}

		private void clear() {
			this.count = 0;
		}

	}

	/** What comes and goes again, after a time that is up to chance. */
	private static final class Visitors implements Ticks {

		private final Random random;

		private final double stay;

		private final Rate rate;

		private final boolean counted;

		private double present;

		private double ever;

		private Visitors(Random random, double stay, Rate rate, boolean counted) {
			this.random = random;
			this.stay = stay;
			this.rate = rate;
			this.counted = counted;
			this.present = Math.rint(rate.at(0) * stay);
		}

		@Override
		public double entries(int tick) {
			double come = poisson(this.random, this.rate.at(tick));
			double go = poisson(this.random, this.present * (1 - Math.exp(-1 / this.stay)));
			this.present = Math.max(0, this.present + come - go);
			this.ever += come;
			return this.present;
		}

		@Override
		public @Nullable Long requests() {
			return this.counted ? (long) this.ever : null;
		}

	}

}
