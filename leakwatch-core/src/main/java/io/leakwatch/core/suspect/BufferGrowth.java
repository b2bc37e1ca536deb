package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.List;

import io.leakwatch.core.signal.BufferUsage;

/**
 * Watches the buffers of one pool of the JVM for growth: the bytes that collections have
 * left, and the bytes and buffers that there are at each tick. For one thread.
 */
public final class BufferGrowth {

	private static final double MEGABYTE = 1 << 20;

	private final String name;

	private final boolean provenByCollections;

	private final GaugeGrowth bytes = bytes();

	private final GaugeGrowth bytesNow = bytes();

	private final GaugeGrowth buffersNow = new GaugeGrowth(10, 0.1, 0.6);

	private BufferGrowth(String name, boolean provenByCollections) {
		this.name = name;
		this.provenByCollections = provenByCollections;
	}

	/**
	 * Watches direct byte buffers.
	 * @return a detector without points
	 */
	public static BufferGrowth direct() {
		return new BufferGrowth("direct", true);
	}

	/**
	 * Watches parts of files that are mapped into memory. Where files get longer, as
	 * those of a search index do, more of them is mapped: so by themselves they are a
	 * watch.
	 * @return a detector without points
	 */
	public static BufferGrowth mapped() {
		return new BufferGrowth("mapped", false);
	}

	private static GaugeGrowth bytes() {
		return new GaugeGrowth(4 * MEGABYTE, 0.1, 0.6);
	}

	/**
	 * Takes what an old collection has left.
	 * @param at its moment
	 * @param usage the buffers
	 */
	public void addAfterCollection(Instant at, BufferUsage usage) {
		this.bytes.add(at, usage.usedBytes());
	}

	/**
	 * Takes what there is at a tick.
	 * @param at its moment
	 * @param usage the buffers
	 */
	public void add(Instant at, BufferUsage usage) {
		this.bytesNow.add(at, usage.usedBytes());
		this.buffersNow.add(at, usage.count());
	}

	/**
	 * The buffers, if they grow now.
	 * @param now the moment
	 * @return one finding of kind {@link SuspectKind#DIRECT_MEMORY}, or none
	 */
	public List<Finding> find(Instant now) {
		Severity severity = GaugeGrowth.surer(this.bytes, this.bytesNow);
		if (severity == null) {
			return List.of();
		}
		GaugeGrowth telling = GaugeGrowth.telling(this.bytes, this.bytesNow);
		double perMinute = telling.trend().slopePerMinute();
		Double buffersPerMinute = this.buffersNow.trend().growing() ? this.buffersNow.trend().slopePerMinute() : null;
		String title = "%s buffers grow by %s a minute; they hold %s now".formatted(capitalised(),
				Counts.bytes(perMinute), Counts.bytes(telling.newest()));
		String detail = "%s more over %d points in %d s".formatted(Counts.bytes(telling.series().gain()),
				telling.series().size(), telling.series().span().toSeconds());
		return List.of(new Finding(SuspectKind.DIRECT_MEMORY, this.provenByCollections ? severity : Severity.WATCH,
				telling.trend().confidence(), title, null, null, Math.round(this.buffersNow.newest()), buffersPerMinute,
				perMinute, List.of(new Evidence(this.name + "-buffers", detail, now)),
				"Look for %s byte buffers that are kept: %s, or let them go so that they are freed."
					.formatted(this.name, this.provenByCollections ? "pool them" : "map a file once")));
	}

	private String capitalised() {
		return Character.toUpperCase(this.name.charAt(0)) + this.name.substring(1);
	}

}
