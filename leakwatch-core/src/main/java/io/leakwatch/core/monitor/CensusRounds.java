package io.leakwatch.core.monitor;

import java.time.Duration;
import java.util.List;

import io.leakwatch.core.census.ContainerCensus;
import io.leakwatch.core.census.HolderSize;

/**
 * When the container census walks: as soon as the budget affords what the last walk has
 * cost and half of it is left, and in slices with a pause of three times their length
 * between them, so that a walk takes a quarter of one processor at the most. For one
 * thread.
 */
final class CensusRounds {

	private static final Duration SLICE = Duration.ofMillis(20);

	/** How long to wait from one slice to the next. */
	static final Duration PAUSE = SLICE.multipliedBy(3);

	/** The list of classes stops the application for a moment, and changes seldom. */
	private static final int WALKS_FOR_CLASSES = 20;

	private final ContainerCensus census;

	private final ProbeRunner runner;

	private final Budget budget;

	private final Duration maxPause;

	private List<HolderSize> sizes = List.of();

	private boolean walking;

	private Duration cost = Duration.ZERO;

	private Duration lastCost = Duration.ofMillis(100);

	private Duration costOfClasses = Duration.ofMillis(30);

	private int walks;

	CensusRounds(ContainerCensus census, ProbeRunner runner, Budget budget, Duration maxPause) {
		this.census = census;
		this.runner = runner;
		this.budget = budget;
		this.maxPause = maxPause;
	}

	/**
	 * Reads the sizes of what was found, and begins the next walk if it may.
	 * @param mayWalk whether nothing dearer waits for the budget
	 * @return the sizes
	 */
	List<HolderSize> tick(boolean mayWalk) {
		this.runner.runAlone("container-sizes", () -> this.sizes = this.census.read());
		if (mayWalk && !this.walking && this.budget.affordsBesides(this.lastCost)) {
			if (this.walks++ % WALKS_FOR_CLASSES == 0) {
				listClasses();
			}
			this.walking = true;
			this.cost = Duration.ZERO;
		}
		return this.sizes;
	}

	/** The direct memory that Netty counts, in bytes, 0 where there is none. */
	long nettyBytes() {
		return this.census.nettyBytes();
	}

	/** Whether a walk is under way, which a slice is to follow of after a pause. */
	boolean isWalking() {
		return this.walking;
	}

	/** Goes on with the walk. */
	void walk() {
		Duration slice = this.runner.runAlone("container-census", () -> this.walking = !this.census.walk(SLICE));
		this.cost = this.cost.plus(slice);
		if (this.runner.isOff("container-census")) {
			this.walking = false;
		}
		if (!this.walking) {
			this.lastCost = this.cost;
		}
	}

	private void listClasses() {
		if (this.costOfClasses.compareTo(this.maxPause) <= 0) {
			this.costOfClasses = this.runner.run("class-list", this.census::refreshClasses);
		}
		else {
			// A slow one on a busy machine is no proof for ever.
			this.costOfClasses = this.costOfClasses.multipliedBy(9).dividedBy(10);
		}
	}

}
