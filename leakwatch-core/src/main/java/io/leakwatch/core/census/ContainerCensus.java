package io.leakwatch.core.census;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

import io.leakwatch.core.signal.ProcessorTime;
import org.jspecify.annotations.Nullable;

/**
 * The census of the containers (maps, collections, queues, caches, arrays, chains) that
 * can be reached from named objects, from static fields, and from threads: a walk over
 * their fields in slices, seldom, and their sizes, often. Costs about a microsecond an
 * object in the walk, and 50 ns a container for its size. For one thread.
 *
 * <p>
 * It does no harm: it reads fields, and calls methods of the JDK's own containers that
 * are of constant time; it takes no lock of the application and runs no code of it; it
 * initialises no class; what it remembers from pass to pass it holds weakly. Fields that
 * may not be read are left out. Within a pass it holds what it has visited, so a pass
 * that is not at its end after a while is given up, with what it has found until then.
 */
public final class ContainerCensus {

	private static final int DEFAULT_LIMIT = 500_000;

	private static final Duration DEFAULT_LONGEST_PASS = Duration.ofSeconds(30);

	/** How many objects are visited between two looks at the clock. */
	private static final int BETWEEN_LOOKS = 64;

	/**
	 * What share of the objects is for the named roots, for these and static fields, and
	 * so on, in per cent: a large graph of beans must leave some to the others.
	 */
	private static final int[] SHARES = { 60, 90, 97, 100 };

	private final Supplier<List<NamedRoot>> roots;

	private final int limit;

	private final Duration longestPass;

	private final ObjectShapes shapes = new ObjectShapes();

	private final Proxies proxies = new Proxies(this.shapes);

	private final StaticRoots statics = new StaticRoots(this.shapes);

	private final NettyMemory netty = new NettyMemory();

	private final ThreadRoots threads = new ThreadRoots();

	private final Holders holders = new Holders(this.shapes);

	private @Nullable Walk walk;

	private int phase;

	private Iterator<WeakReference<Class<?>>> classes = List.<WeakReference<Class<?>>>of().iterator();

	private long started;

	private long spent;

	private @Nullable CensusPass lastPass;

	/**
	 * A census with limits that suit a service: 500,000 objects and 30 seconds a pass.
	 * @param roots asked at the begin of each pass; a list in an order that stays the
	 * same, of which nothing is kept after the pass
	 */
	public ContainerCensus(Supplier<List<NamedRoot>> roots) {
		this(roots, DEFAULT_LIMIT, DEFAULT_LONGEST_PASS);
	}

	/**
	 * A census.
	 * @param roots asked at the begin of each pass; a list in an order that stays the
	 * same, of which nothing is kept after the pass
	 * @param limit how many objects a pass visits at the most; takes up to some 20 bytes
	 * for each meanwhile
	 * @param longestPass after how long a pass is given up
	 */
	public ContainerCensus(Supplier<List<NamedRoot>> roots, int limit, Duration longestPass) {
		this.roots = roots;
		this.limit = limit;
		this.longestPass = longestPass;
	}

	/**
	 * Lists the loaded classes anew, whose static fields are roots from the next pass on.
	 * Without a first call there are none. Stops the application for 20 to 30 ms with
	 * some ten thousand classes, on JDK 22 and later twice: to be called seldom.
	 */
	public void refreshClasses() {
		List<Class<?>> known = new ArrayList<>();
		known.add(ContainerCensus.class);
		this.shapes.forEachKnown(known::add);
		this.statics.refresh(known);
		this.netty.refresh(this.statics.classes());
	}

	/**
	 * Reads the direct memory that Netty has taken, as Netty counts it.
	 * @return bytes, 0 where {@link #refreshClasses()} has found no Netty
	 */
	public long nettyBytes() {
		return this.netty.bytes();
	}

	/**
	 * Goes on with the walk. The first slice of a pass also asks for the roots.
	 * @param slice for about how long, as time of a processor; the first visits after a
	 * start take longer, as classes are looked at
	 * @return whether a pass has ended with this slice
	 */
	public boolean walk(Duration slice) {
		long begin = System.nanoTime();
		Walk walk = this.walk;
		if (walk == null) {
			walk = begin();
			this.walk = walk;
			this.started = begin;
			this.spent = 0;
		}
		boolean done;
		try {
			done = goOn(walk, slice.toNanos());
		}
		catch (RuntimeException | Error ex) {
			// Nothing of it may be kept.
			end();
			throw ex;
		}
		long now = System.nanoTime();
		this.spent += now - begin;
		if (!done && now - this.started < this.longestPass.toNanos()) {
			return false;
		}
		try {
			if (!done) {
				walk.giveUp();
			}
			this.holders.update(walk);
			this.lastPass = new CensusPass(walk.nodes(), walk.isComplete(),
					Duration.ofNanos(System.nanoTime() - this.started),
					Duration.ofNanos(this.spent + System.nanoTime() - now), this.holders.leftOut());
		}
		finally {
			end();
		}
		return true;
	}

	/**
	 * Reads the sizes of what the passes have found, as they are now. What is replaced by
	 * another container is found by the next pass; what takes longer to count, as the
	 * links of a chain, is as it was in the last pass.
	 * @return the sizes, in no order; an object that has not changed is the same one
	 */
	public List<HolderSize> read() {
		List<HolderSize> sizes = this.holders.read();
		if (this.walk == null) {
			this.shapes.passEnded();
		}
		return sizes;
	}

	/**
	 * What the last pass was like.
	 * @return the pass, or {@code null} before the first has ended
	 */
	public @Nullable CensusPass lastPass() {
		return this.lastPass;
	}

	private Walk begin() {
		Walk walk = new Walk(this.shapes);
		List<NamedRoot> roots = this.roots.get();
		this.phase = 0;
		walk.limit(share(0));
		// First all, so that none is told of as a part of another.
		List<List<Object>> behind = new ArrayList<>(roots.size());
		for (NamedRoot root : roots) {
			List<Object> objects = this.proxies.behind(root.object());
			objects.removeIf((object) -> !walk.exclude(object));
			behind.add(objects);
		}
		for (int i = 0; i < behind.size(); i++) {
			int path = behind.get(i).isEmpty() ? HolderPaths.NONE : walk.root(roots.get(i).name());
			if (path != HolderPaths.NONE) {
				behind.get(i).forEach((object) -> walk.begin(object, path));
			}
		}
		return walk;
	}

	private int share(int phase) {
		return (int) ((long) this.limit * SHARES[phase] / 100);
	}

	private boolean goOn(Walk walk, long nanos) {
		long begin = ProcessorTime.nanos();
		do {
			for (int i = 0; i < BETWEEN_LOOKS; i++) {
				if (!walk.isDone()) {
					walk.visitNext();
				}
				else if (this.classes.hasNext()) {
					statics(walk, this.classes.next().get());
				}
				else if (!nextPhase(walk)) {
					return true;
				}
			}
		}
		while (ProcessorTime.nanos() - begin < nanos);
		return false;
	}

	private boolean nextPhase(Walk walk) {
		this.phase++;
		if (this.phase >= SHARES.length) {
			return false;
		}
		walk.limit(share(this.phase));
		switch (this.phase) {
			case 1 -> this.classes = this.statics.classes().iterator();
			case 2 -> this.threads.begin(walk, this.shapes);
			default -> this.classes = this.statics.jdkClasses().iterator();
		}
		return true;
	}

	private void statics(Walk walk, @Nullable Class<?> type) {
		if (type == null) {
			return;
		}
		for (FieldReader field : this.shapes.statics(type)) {
			Object value = field.reference(null);
			int path = (value != null) ? walk.root("static " + field.name()) : HolderPaths.NONE;
			if (path != HolderPaths.NONE) {
				walk.reached(value, path, type, field);
			}
		}
	}

	private void end() {
		this.walk = null;
		this.classes = List.<WeakReference<Class<?>>>of().iterator();
		this.shapes.passEnded();
	}

}
