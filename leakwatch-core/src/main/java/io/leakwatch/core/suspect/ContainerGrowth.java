package io.leakwatch.core.suspect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.leakwatch.core.census.HolderSize;
import org.jspecify.annotations.Nullable;

/**
 * Finds holders (maps, collections, queues, caches) that get ever more entries, from the
 * sizes that a census reads at each tick. A size is exact and held by somebody with a
 * name, so that steady growth is sound by itself: a watch at first, probable when it has
 * held for sixteen ticks, for some more where the holder was level before.
 *
 * <p>
 * No leak is what has a known bound, gets no higher than it ever was, slows down, ends,
 * or grows no more than the traffic does. Holders that show the same leak are one
 * finding: those of one owner, one below the other, and those of one bean or with the
 * same elements that keep pace.
 *
 * <p>
 * Follows {@value #MAXIMUM_FOLLOWED} holders at the most, of some 150 bytes each, and has
 * series for {@value #MAXIMUM_SERIES} that grow, of some 3.3 KB each: 2.4 MB at worst,
 * names apart, and mostly some 50 KB. For one thread.
 */
public final class ContainerGrowth {

	/** What has grown so little is not worth a look, and most containers are small. */
	private static final int LEAST_ENTRIES = 8;

	private static final int MAXIMUM_FOLLOWED = 10_000;

	private static final int MAXIMUM_SERIES = 256;

	private static final int MAXIMUM_FINDINGS = 10;

	/** A holder that was not seen for so long is gone. */
	private static final int TICKS_REMEMBERED = 60;

	/** One reading may miss a holder, or a walk that looks anew. */
	private static final int TICKS_OUT_OF_SIGHT = 4;

	/** A bound so large is none. */
	private static final long LARGEST_BOUND = 1 << 30;

	/**
	 * How many times the warm-up it takes until a session's usual half an hour is over,
	 * with the default warm-up of five minutes.
	 */
	private static final int WARM_UPS_OF_PATIENCE = 7;

	private final List<String> applicationPackages;

	private final IgnoreList ignored;

	private final Duration patience;

	private final Map<String, Followed> followed = new HashMap<>();

	private final Traffic traffic = new Traffic();

	private int ticks;

	private int series;

	/**
	 * Those with series, worth the least first, as of a tick at which there were too
	 * many.
	 */
	private Deque<FollowedHolder> victims = new ArrayDeque<>();

	private int victimsAt;

	/**
	 * A detector without sizes.
	 * @param applicationPackages the packages whose classes are the application's own
	 * @param ignored the holders and classes that may grow
	 * @param warmUp how long a service may take to get going
	 */
	public ContainerGrowth(List<String> applicationPackages, IgnoreList ignored, Duration warmUp) {
		this.applicationPackages = List.copyOf(applicationPackages);
		this.ignored = ignored;
		this.patience = warmUp.multipliedBy(WARM_UPS_OF_PATIENCE);
	}

	/**
	 * Takes the sizes of a tick. Costs about a tenth of a microsecond for each holder,
	 * and some tens for each that grows.
	 * @param at the tick's moment
	 * @param sizes the holders; one may be missing at times
	 * @param requestsSoFar the requests that were served, {@code null} where unknown
	 * @param warm whether the warm-up is over, so that growth counts
	 */
	public void add(Instant at, List<HolderSize> sizes, @Nullable Long requestsSoFar, boolean warm) {
		this.ticks++;
		this.traffic.add(at, requestsSoFar);
		for (HolderSize size : sizes) {
			Followed known = this.followed.get(size.holder());
			if (known != null) {
				known.seenAt = this.ticks;
				boolean had = known.holder.hasSeries();
				boolean room = had || !known.holder.wantsSeries(size) || this.series < MAXIMUM_SERIES
						|| givesWay(known.holder, at);
				known.holder.add(at, size, this.traffic, warm && room);
				this.series += (known.holder.hasSeries() ? 1 : 0) - (had ? 1 : 0);
			}
			else if (size.entries() >= LEAST_ENTRIES && this.followed.size() < MAXIMUM_FOLLOWED && mayLeak(size)) {
				this.followed.put(size.holder(), new Followed(new FollowedHolder(at, size), this.ticks));
			}
		}
		if (this.ticks % TICKS_REMEMBERED == 0) {
			this.followed.values().removeIf((each) -> this.ticks - each.seenAt >= TICKS_REMEMBERED);
			this.series = (int) this.followed.values().stream().filter((each) -> each.holder.hasSeries()).count();
		}
	}

	/**
	 * The holders that grow now.
	 * @param now the moment
	 * @return findings with a holder, the most telling first
	 */
	public List<Finding> find(Instant now) {
		List<GrowingHolder> growing = growing();
		growing.sort(GrowingHolder.TELLING_FIRST);
		List<GrowingHolder> below = growing.stream()
			.filter((each) -> growing.stream().anyMatch((other) -> other.explains(each)))
			.toList();
		List<GrowingHolder> others = new ArrayList<>(growing);
		others.removeAll(below);
		List<Finding> findings = new ArrayList<>();
		while (!others.isEmpty() && findings.size() < MAXIMUM_FINDINGS) {
			GrowingHolder lead = others.remove(0);
			List<GrowingHolder> company = new ArrayList<>(others.stream().filter(lead::isOneWith).toList());
			others.removeAll(company);
			List<GrowingHolder> heads = List.copyOf(company);
			below.stream()
				.filter((each) -> lead.explains(each) || heads.stream().anyMatch((head) -> head.explains(each)))
				.forEach(company::add);
			findings.add(new HolderFinding(lead, company, this.applicationPackages).toFinding(now));
		}
		return findings;
	}

	/**
	 * How fast a holder grows.
	 * @param holder its name
	 * @return entries a minute, 0 where it does not grow steadily, {@code null} where it
	 * is too small to be followed, or was looked at too seldom
	 */
	public @Nullable Double growthPerMinute(String holder) {
		Followed known = this.followed.get(holder);
		return (known != null) ? known.holder.growthPerMinute() : null;
	}

	/**
	 * Whether the holder of a finding has given back hardly anything.
	 * @param finding a finding that was told before
	 * @return whether it has as much as ever, {@code false} where it is no container or
	 * is gone
	 */
	public boolean isHeld(Finding finding) {
		Followed known = this.followed.get(finding.holder());
		return known != null && this.ticks - known.seenAt < TICKS_OUT_OF_SIGHT && known.holder.isAsLargeAsEver();
	}

	private List<GrowingHolder> growing() {
		List<GrowingHolder> growing = new ArrayList<>();
		for (Followed each : this.followed.values()) {
			HolderSize size = each.holder.latest();
			if (each.holder.hasSeries() && each.seenAt == this.ticks && isUnbounded(size)) {
				HolderPath path = HolderPath.of(size.holder());
				FollowedHolder.Growth growth = each.holder
					.growth(KnownGrowth.endsByTimeOut(size, path) ? this.patience : Duration.ZERO);
				if (growth != null) {
					growing.add(GrowingHolder.of(size, path, growth, this.applicationPackages));
				}
			}
		}
		growing.removeIf((holder) -> !holder.isTelling());
		return growing;
	}

	private boolean mayLeak(HolderSize size) {
		HolderPath path = HolderPath.of(size.holder());
		String element = size.elementClass();
		boolean own = ClassOrigin.of(path.declaringClass(), List.of()) == ClassOrigin.LEAKWATCH
				|| (element != null && ClassOrigin.of(element, List.of()) == ClassOrigin.LEAKWATCH);
		return !own && !KnownGrowth.isHarmless(size, path) && !this.ignored.matches(size.holder())
				&& !this.ignored.matches(element);
	}

	private static boolean isUnbounded(HolderSize size) {
		Long bound = size.bound();
		return bound == null || bound >= LARGEST_BOUND || size.entries() > bound;
	}

	/** Gives up the series that are worth least, if that is less than the other's. */
	private boolean givesWay(FollowedHolder other, Instant at) {
		if (this.victimsAt != this.ticks) {
			this.victimsAt = this.ticks;
			this.victims = new ArrayDeque<>(this.followed.values()
				.stream()
				.map((each) -> each.holder)
				.filter(FollowedHolder::hasSeries)
				.sorted(Comparator.comparingInt(FollowedHolder::worth))
				.toList());
		}
		FollowedHolder least = this.victims.peekFirst();
		if (least == null || least.worth() >= other.worth()) {
			return false;
		}
		this.victims.removeFirst();
		if (least.hasSeries()) {
			least.restart(at, least.latest().entries());
			this.series--;
		}
		return true;
	}

	/** A holder, and the tick at which it was last seen. */
	private static final class Followed {

		private final FollowedHolder holder;

		private int seenAt;

		private Followed(FollowedHolder holder, int seenAt) {
			this.holder = holder;
			this.seenAt = seenAt;
		}

	}

}
