package io.leakwatch.core.operation;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Objects that should be gone before long. Each is held weakly, and counts as overdue
 * when {@value #COLLECTIONS} collections of the old generation have ended since a delay
 * was over: one may have begun before the object was given up, the next has not. In a
 * service whose old generation is never collected nothing is ever overdue, as nobody
 * knows.
 *
 * <p>
 * Follows {@value #MAXIMUM} objects at the most, of some 100 bytes each; what comes
 * beyond that is left out and counted. Of what LeakWatch has it expect by itself there
 * are at most {@value #MAXIMUM_OWN}. There is one instance for all that has this class,
 * that of the application context which was started last. Safe for several threads.
 */
public final class Expectations {

	private static final int COLLECTIONS = 2;

	private static final int MAXIMUM = 10_000;

	private static final int MAXIMUM_OWN = 1_000;

	private static final AtomicReference<@Nullable Expectations> CURRENT = new AtomicReference<>();

	private final Duration delay;

	private final Clock clock;

	private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

	private final Set<Expected> all = ConcurrentHashMap.newKeySet();

	private final AtomicInteger size = new AtomicInteger();

	private final AtomicInteger ownSize = new AtomicInteger();

	private final AtomicInteger leftOut = new AtomicInteger();

	/**
	 * Expectations of nothing yet.
	 * @param delay how long an object may take to be given up by all who have it
	 * @param clock tells the time
	 */
	public Expectations(Duration delay, Clock clock) {
		if (delay.isNegative()) {
			throw new IllegalArgumentException(
					"The delay of what is expected to be collected must not be negative, it is " + delay);
		}
		this.delay = delay;
		this.clock = clock;
	}

	/**
	 * Has {@link LeakWatch#expectCollected(Object, String)} come here, in place of where
	 * it came before.
	 */
	public void install() {
		CURRENT.set(this);
	}

	/**
	 * Ends that, unless another was installed meanwhile.
	 */
	public void remove() {
		CURRENT.compareAndSet(this, null);
	}

	static @Nullable Expectations current() {
		return CURRENT.get();
	}

	/**
	 * Expects an object to be collected, as somebody has asked for.
	 * @param object the object
	 * @param why what makes it expendable
	 */
	public void add(Object object, String why) {
		add(object, why, true);
	}

	/**
	 * Expects an object to be collected without being asked. There may be good reasons to
	 * keep it, so that only several of a class are worth telling.
	 * @param object the object
	 * @param why what makes it expendable
	 */
	public void addOwn(Object object, String why) {
		add(object, why, false);
	}

	private void add(Object object, String why, boolean asked) {
		removeGone();
		if ((!asked && this.ownSize.get() >= MAXIMUM_OWN) || this.size.get() >= MAXIMUM) {
			this.leftOut.incrementAndGet();
			return;
		}
		this.size.incrementAndGet();
		if (!asked) {
			this.ownSize.incrementAndGet();
		}
		this.all.add(new Expected(object, this.gone, why, asked, this.clock.instant()));
	}

	/**
	 * Takes the end of a collection of the old generation.
	 * @param at its end
	 */
	public synchronized void collected(Instant at) {
		removeGone();
		for (Expected each : this.all) {
			if (!at.isBefore(each.since.plus(this.delay))) {
				each.collections++;
			}
		}
	}

	/**
	 * What should be gone and is not.
	 * @return by class and reason, the most objects first
	 */
	public synchronized List<Overdue> overdue() {
		removeGone();
		Map<Overdue.Kind, Overdue> overdue = new HashMap<>();
		for (Expected each : this.all) {
			if (each.collections >= COLLECTIONS && !each.refersTo(null)) {
				overdue.merge(each.kind, new Overdue(each.kind, 1, each.since), Overdue::and);
			}
		}
		List<Overdue> sorted = new ArrayList<>(overdue.values());
		sorted.sort(Overdue.MOST_FIRST);
		return sorted;
	}

	/**
	 * How many were not followed, as there were too many.
	 * @return a count since the start
	 */
	public int leftOut() {
		return this.leftOut.get();
	}

	private void removeGone() {
		for (Reference<?> each = this.gone.poll(); each != null; each = this.gone.poll()) {
			if (each instanceof Expected expected && this.all.remove(expected)) {
				this.size.decrementAndGet();
				if (!expected.kind.asked()) {
					this.ownSize.decrementAndGet();
				}
			}
		}
	}

	/** An object that should be gone. */
	private static final class Expected extends WeakReference<Object> {

		private final Overdue.Kind kind;

		private final Instant since;

		private int collections;

		private Expected(Object object, ReferenceQueue<Object> gone, String why, boolean asked, Instant since) {
			super(object, gone);
			this.kind = new Overdue.Kind(object.getClass().getName(), why, asked);
			this.since = since;
		}

	}

}
