package io.leakwatch.core.profile;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What tells where objects that survive were allocated, and who holds them.
 */
public interface AllocationSampling extends AutoCloseable {

	/**
	 * Why this does not work here. Asking starts nothing.
	 * @return a sentence, {@code null} where it works or was not tried yet
	 */
	@Nullable String reasonAgainst();

	/**
	 * Starts sampling, unless it is under way. What was allocated before is not seen.
	 * @return whether it runs; where it does not, there is a {@link #reasonAgainst()
	 * reason}
	 */
	boolean start();

	/**
	 * Whether it samples.
	 * @return whether it was started and not stopped
	 */
	boolean isRunning();

	/**
	 * Reads what was sampled so far; the application goes on meanwhile. Does nothing
	 * unless started.
	 * @throws IOException if the recorder fails or its file cannot be written; this is
	 * stopped then, for good
	 */
	void read() throws IOException;

	/**
	 * The time that the application would stand still for a search of the whole heap.
	 * @param heapBytes the heap that the last collection has left
	 * @return a prediction, which learns from what was measured
	 */
	Duration predictStall(long heapBytes);

	/**
	 * Notes that chains were not read for what {@link #predictStall} says, which makes it
	 * a little less careful.
	 */
	void doubtPrediction();

	/**
	 * Reads what was sampled so far, and why it is not collected: the application stands
	 * still while the JVM searches the heap, for 0.3 to 0.4 s at 0.3 GB and 0.8 to 2.4 s
	 * at 1 GB, unless that is ended sooner. The search goes from the roots on, the
	 * nearest objects first, and tells what it has found until then. It takes memory
	 * outside the heap, a few percent of the heap's size. Does nothing unless started.
	 * @param heapBytes the heap that the last collection has left
	 * @param longestSearch when the search is to end, which the JVM looks at each million
	 * of references: some tens of milliseconds late
	 * @return how long the application stood still at most; zero where nothing was read
	 * @throws IOException if the recorder fails or its file cannot be written; this is
	 * stopped then, for good
	 */
	Duration readChains(long heapBytes, Duration longestSearch) throws IOException;

	/**
	 * Where objects of some classes, or what hangs below them, were allocated, by what
	 * was read last.
	 * @param classNames the classes that grow together, as the JVM writes them; none for
	 * whatever survives
	 * @param since when they began to grow
	 * @return up to ten sites, the likeliest first; empty where nothing is known
	 */
	List<AllocationSite> sitesOf(Set<String> classNames, Instant since);

	/**
	 * Who holds objects of some classes, or what hangs below them, by the chains that
	 * were read last.
	 * @param classNames the classes that grow together, as the JVM writes them; none for
	 * whatever survives
	 * @param since when they began to grow
	 * @return up to five holders, the likeliest first; empty where nothing is known
	 */
	List<RetainingHolder> holdersOf(Set<String> classNames, Instant since);

	/**
	 * Ends sampling, and drops what was read. It can be started again.
	 */
	void stop();

	/**
	 * Ends sampling for good. Leaves no recording and no file.
	 */
	@Override
	void close();

}
