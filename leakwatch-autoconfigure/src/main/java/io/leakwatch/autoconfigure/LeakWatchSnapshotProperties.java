package io.leakwatch.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of snapshots: their limits, where they are kept, and where
 * heap dumps are analysed. None is needed.
 */
@ConfigurationProperties("leakwatch.snapshots")
public final class LeakWatchSnapshotProperties {

	/**
	 * Least time between two automatic histograms.
	 */
	private Duration interval = Duration.ofMinutes(10);

	/**
	 * Least time between two histograms that are asked for.
	 */
	private Duration coolDown = Duration.ofSeconds(10);

	/**
	 * Least time between two heap dumps that are asked for.
	 */
	private Duration heapDumpCoolDown = Duration.ofMinutes(1);

	/**
	 * Longest predicted pause of the application for a snapshot that is asked for. No
	 * limit where it is not set.
	 */
	private @Nullable Duration maxPause;

	/**
	 * Number of snapshots that are kept, at least 2.
	 */
	private int maximumCount = 20;

	/**
	 * Size on disk of all snapshots that are kept, without heap dumps.
	 */
	private DataSize maximumSize = DataSize.ofMegabytes(64);

	/**
	 * Folder in which snapshots are kept, and heap dumps while they are analysed. Below
	 * the folder for temporary files where it is not set.
	 */
	private @Nullable Path directory;

	/**
	 * Size on disk of all heap dumps together, the one to be taken included; 0 allows
	 * none.
	 */
	private DataSize maximumDumpSize = DataSize.ofGigabytes(16);

	/**
	 * Whether a heap dump stays on disk when it was analysed.
	 */
	private boolean keepDumps = false;

	/**
	 * Where heap dumps are analysed.
	 */
	private Analysis analysis = Analysis.PROCESS;

	/**
	 * Time after which the analysis of a heap dump is given up.
	 */
	private Duration analysisTimeLimit = Duration.ofMinutes(30);

	/**
	 * Whether the readiness state refuses traffic while a heap dump is taken.
	 */
	private boolean refuseTraffic = false;

	/**
	 * Time before the pause from which on traffic is refused, so that load balancers
	 * learn of it.
	 */
	private Duration refuseTrafficBefore = Duration.ofSeconds(10);

	/**
	 * Whether two heap dumps are taken when a heap suspect becomes probable.
	 */
	private boolean onSuspicion = false;

	/**
	 * Time from the first heap dump on suspicion to the second.
	 */
	private Duration suspicionDelay = Duration.ofMinutes(10);

	/**
	 * Least time between two pairs of heap dumps on suspicion.
	 */
	private Duration suspicionInterval = Duration.ofHours(6);

	/**
	 * Properties with their defaults.
	 */
	public LeakWatchSnapshotProperties() {
	}

	/**
	 * The least time between two automatic histograms.
	 * @return a duration
	 */
	public Duration getInterval() {
		return this.interval;
	}

	/**
	 * Sets the least time between two automatic histograms.
	 * @param interval a duration
	 */
	public void setInterval(Duration interval) {
		this.interval = interval;
	}

	/**
	 * The least time between two histograms that are asked for.
	 * @return a duration
	 */
	public Duration getCoolDown() {
		return this.coolDown;
	}

	/**
	 * Sets the least time between two histograms that are asked for.
	 * @param coolDown a duration
	 */
	public void setCoolDown(Duration coolDown) {
		this.coolDown = coolDown;
	}

	/**
	 * The least time between two heap dumps that are asked for.
	 * @return a duration
	 */
	public Duration getHeapDumpCoolDown() {
		return this.heapDumpCoolDown;
	}

	/**
	 * Sets the least time between two heap dumps that are asked for.
	 * @param heapDumpCoolDown a duration
	 */
	public void setHeapDumpCoolDown(Duration heapDumpCoolDown) {
		this.heapDumpCoolDown = heapDumpCoolDown;
	}

	/**
	 * The longest predicted pause for a snapshot that is asked for.
	 * @return a duration, {@code null} for no limit
	 */
	public @Nullable Duration getMaxPause() {
		return this.maxPause;
	}

	/**
	 * Sets the longest predicted pause for a snapshot that is asked for.
	 * @param maxPause a duration, {@code null} for no limit
	 */
	public void setMaxPause(@Nullable Duration maxPause) {
		this.maxPause = maxPause;
	}

	/**
	 * How many snapshots are kept.
	 * @return a count, at least 2
	 */
	public int getMaximumCount() {
		return this.maximumCount;
	}

	/**
	 * Sets how many snapshots are kept.
	 * @param maximumCount a count, at least 2
	 */
	public void setMaximumCount(int maximumCount) {
		this.maximumCount = maximumCount;
	}

	/**
	 * The size on disk of all snapshots that are kept.
	 * @return a size
	 */
	public DataSize getMaximumSize() {
		return this.maximumSize;
	}

	/**
	 * Sets the size on disk of all snapshots that are kept.
	 * @param maximumSize a size
	 */
	public void setMaximumSize(DataSize maximumSize) {
		this.maximumSize = maximumSize;
	}

	/**
	 * The folder in which snapshots are kept.
	 * @return a path, {@code null} for one below the folder for temporary files
	 */
	public @Nullable Path getDirectory() {
		return this.directory;
	}

	/**
	 * Sets the folder in which snapshots are kept.
	 * @param directory a path, {@code null} for one below the folder for temporary files
	 */
	public void setDirectory(@Nullable Path directory) {
		this.directory = directory;
	}

	/**
	 * The size on disk of all heap dumps together.
	 * @return a size, 0 for no heap dumps
	 */
	public DataSize getMaximumDumpSize() {
		return this.maximumDumpSize;
	}

	/**
	 * Sets the size on disk of all heap dumps together.
	 * @param maximumDumpSize a size, 0 for no heap dumps
	 */
	public void setMaximumDumpSize(DataSize maximumDumpSize) {
		this.maximumDumpSize = maximumDumpSize;
	}

	/**
	 * Whether a heap dump stays on disk when it was analysed.
	 * @return whether it stays
	 */
	public boolean isKeepDumps() {
		return this.keepDumps;
	}

	/**
	 * Sets whether a heap dump stays on disk when it was analysed.
	 * @param keepDumps whether it stays
	 */
	public void setKeepDumps(boolean keepDumps) {
		this.keepDumps = keepDumps;
	}

	/**
	 * Where heap dumps are analysed.
	 * @return the place
	 */
	public Analysis getAnalysis() {
		return this.analysis;
	}

	/**
	 * Sets where heap dumps are analysed.
	 * @param analysis the place
	 */
	public void setAnalysis(Analysis analysis) {
		this.analysis = analysis;
	}

	/**
	 * The time after which the analysis of a heap dump is given up.
	 * @return a duration
	 */
	public Duration getAnalysisTimeLimit() {
		return this.analysisTimeLimit;
	}

	/**
	 * Sets the time after which the analysis of a heap dump is given up.
	 * @param analysisTimeLimit a duration
	 */
	public void setAnalysisTimeLimit(Duration analysisTimeLimit) {
		this.analysisTimeLimit = analysisTimeLimit;
	}

	/**
	 * Whether the readiness state refuses traffic while a heap dump is taken.
	 * @return whether it does
	 */
	public boolean isRefuseTraffic() {
		return this.refuseTraffic;
	}

	/**
	 * Sets whether the readiness state refuses traffic while a heap dump is taken.
	 * @param refuseTraffic whether it does
	 */
	public void setRefuseTraffic(boolean refuseTraffic) {
		this.refuseTraffic = refuseTraffic;
	}

	/**
	 * The time before the pause from which on traffic is refused.
	 * @return a duration
	 */
	public Duration getRefuseTrafficBefore() {
		return this.refuseTrafficBefore;
	}

	/**
	 * Sets the time before the pause from which on traffic is refused.
	 * @param refuseTrafficBefore a duration
	 */
	public void setRefuseTrafficBefore(Duration refuseTrafficBefore) {
		this.refuseTrafficBefore = refuseTrafficBefore;
	}

	/**
	 * Whether two heap dumps are taken when a heap suspect becomes probable.
	 * @return whether they are
	 */
	public boolean isOnSuspicion() {
		return this.onSuspicion;
	}

	/**
	 * Sets whether two heap dumps are taken when a heap suspect becomes probable.
	 * @param onSuspicion whether they are
	 */
	public void setOnSuspicion(boolean onSuspicion) {
		this.onSuspicion = onSuspicion;
	}

	/**
	 * The time from the first heap dump on suspicion to the second.
	 * @return a duration
	 */
	public Duration getSuspicionDelay() {
		return this.suspicionDelay;
	}

	/**
	 * Sets the time from the first heap dump on suspicion to the second.
	 * @param suspicionDelay a duration
	 */
	public void setSuspicionDelay(Duration suspicionDelay) {
		this.suspicionDelay = suspicionDelay;
	}

	/**
	 * The least time between two pairs of heap dumps on suspicion.
	 * @return a duration
	 */
	public Duration getSuspicionInterval() {
		return this.suspicionInterval;
	}

	/**
	 * Sets the least time between two pairs of heap dumps on suspicion.
	 * @param suspicionInterval a duration
	 */
	public void setSuspicionInterval(Duration suspicionInterval) {
		this.suspicionInterval = suspicionInterval;
	}

	/**
	 * Where heap dumps are analysed.
	 */
	public enum Analysis {

		/**
		 * In a second JVM of low priority, which takes its memory outside this one's
		 * heap.
		 */
		PROCESS,

		/** In the service itself, on one thread. */
		IN_PROCESS,

		/** In a second JVM; in the service itself where that fails. */
		PROCESS_THEN_IN_PROCESS

	}

}
