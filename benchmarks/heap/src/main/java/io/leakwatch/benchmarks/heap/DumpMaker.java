package io.leakwatch.benchmarks.heap;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import com.sun.management.HotSpotDiagnosticMXBean;

import org.jspecify.annotations.Nullable;

/**
 * A JVM that fills its heap with what a service holds, and dumps it (live objects only):
 * {@code java -Xmx… DumpMaker FILE.hprof MEGABYTES [SEED]}. The same seed gives the same
 * objects, at other addresses.
 * <p>
 * Lengths of texts, sizes of collections, and who refers to whom follow Zipf's law: many
 * are small, few are large, and some objects are referred to from everywhere. Beside that
 * mix, which scales with the megabytes, there is one of each thing that an analysis
 * treats on its own: a long chain, threads with thread locals and with objects only on
 * their stacks, classes of discarded class loaders' kind, soft and weak references.
 */
public final class DumpMaker {

	private static final int THREADS = 32;

	private static final int PLUGINS = 25;

	private static final int REGIONS = 8;

	private static final int PRODUCTS = 5_000;

	private static final String[] WORDS = { "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven" };

	private final Random random;

	private final List<Region> regions = new ArrayList<>();

	private final List<Product> products = new ArrayList<>();

	private DumpMaker(long seed) {
		this.random = new Random(seed);
		for (int number = 0; number < REGIONS; number++) {
			this.regions.add(new Region("region-" + number));
		}
		for (int number = 0; number < PRODUCTS; number++) {
			this.products.add(new Product(number, text(200), new Price(this.random.nextInt(100_000), "EUR")));
		}
		Regions.ALL.addAll(this.regions);
	}

	/**
	 * Makes the dump.
	 * @param arguments its path, the megabytes of live objects, and, if not 1, the seed
	 * @throws Exception if a class cannot be loaded or the dump cannot be written
	 */
	public static void main(String[] arguments) throws Exception {
		long targetBytes = Long.parseLong(arguments[1]) << 20;
		DumpMaker maker = new DumpMaker((arguments.length > 2) ? Long.parseLong(arguments[2]) : 1);
		maker.addOddities(targetBytes);
		long batches = maker.fill(targetBytes);
		ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[0], true);
		System.out.println(batches + " batches, " + (liveBytes() >> 20) + " MB");
		System.exit(0);
	}

	/** Adds batches until the live objects are as large as asked for. */
	private long fill(long targetBytes) {
		long bytesBefore = liveBytes();
		long batches = 0;
		long nextBatches = 10;
		while (true) {
			for (long number = 0; number < nextBatches; number++) {
				addBatch();
			}
			batches += nextBatches;
			long bytes = liveBytes();
			if (bytes >= targetBytes) {
				return batches;
			}
			// Each look is a full collection, so there are few; and no leap, for the
			// first ones say little.
			long bytesPerBatch = Math.max(1, (bytes - bytesBefore) / batches);
			long missingBatches = (targetBytes - bytes) / bytesPerBatch;
			nextBatches = Math.max(1, Math.min(4 * batches, missingBatches * 3 / 4));
		}
	}

	private static long liveBytes() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	/** From 1 to most, each number as likely as its reciprocal. */
	private int zipf(int most) {
		return (int) Math.pow(most + 1.0, this.random.nextDouble());
	}

	private <T> T popular(List<T> choices) {
		return choices.get(zipf(choices.size()) - 1);
	}

	private String text(int mostLetters) {
		int letters = zipf(mostLetters);
		// Every twelfth text does not fit into one byte a letter.
		char first = (this.random.nextInt(12) == 0) ? 'а' : 'a';
		StringBuilder text = new StringBuilder(letters);
		for (int index = 0; index < letters; index++) {
			text.append((char) (first + this.random.nextInt(26)));
		}
		return text.toString();
	}

	private void addBatch() {
		Region region = popular(this.regions);
		Map<Long, Account> accounts = new HashMap<>();
		for (int number = 0; number < 400; number++) {
			Account account = account();
			accounts.put(account.id, account);
			if (this.random.nextInt(10) == 0) {
				Sessions.ACTIVE.put(text(40), new Session(account, new byte[zipf(4_096)]));
			}
		}
		region.accounts.add(accounts);
		region.arrays.add(arrays());
		TreeMap<String, Integer> index = new TreeMap<>();
		Map<Integer, Object> ordered = new LinkedHashMap<>();
		Queue<Optional<String>> queue = new ArrayDeque<>();
		for (int number = 0; number < 300; number++) {
			index.put(text(30), number);
			ordered.put(number, this.random.nextBoolean() ? Double.valueOf(number) : popular(this.products));
			queue.add(Optional.of(text(15)));
		}
		region.containers.add(List.of(index, ordered, queue));
		int listeners = zipf(50);
		for (int number = 0; number < listeners; number++) {
			Account watched = accounts.values().iterator().next();
			Events.LISTENERS.add(() -> watched.purchases.clear());
		}
	}

	private Account account() {
		Account account = new Account(this.random.nextLong(), text(40), text(60));
		int purchases = zipf(16) - 1;
		for (int number = 0; number < purchases; number++) {
			Item[] items = new Item[zipf(6)];
			for (int index = 0; index < items.length; index++) {
				items[index] = new Item(popular(this.products), zipf(20));
			}
			Purchase last = account.purchases.isEmpty() ? null : account.purchases.get(number - 1);
			account.purchases.add(new Purchase(account, items, last, text(24)));
		}
		if (this.random.nextInt(3) == 0) {
			account.settings = new HashMap<>();
			for (int number = zipf(16); number > 0; number--) {
				account.settings.put(WORDS[number % WORDS.length] + number, text(20));
			}
		}
		return account;
	}

	private List<Object> arrays() {
		Object[] sparse = new Object[zipf(8_000)];
		for (int index = 0; index < sparse.length; index += 3) {
			sparse[index] = this.random.nextLong();
		}
		byte[][] buffers = new byte[40][];
		for (int index = 0; index < buffers.length; index++) {
			buffers[index] = new byte[zipf(65_536)];
		}
		return List.of(sparse, buffers, new long[zipf(4_000)], new int[zipf(8_000)], new double[zipf(2_000)],
				new char[zipf(6_000)], new short[zipf(2_000)], new float[zipf(2_000)], new boolean[zipf(1_000)]);
	}

	private void addOddities(long targetBytes) throws Exception {
		long links = Math.min(1_000_000, targetBytes / 400);
		for (long number = 0; number < links; number++) {
			Chain.head = new Link(Chain.head, (number % 1_000 == 0) ? text(20) : null);
		}
		for (int number = 0; number < links / 10; number++) {
			Events.QUEUE.add(popular(this.products));
		}
		for (int number = 0; number < 300; number++) {
			Account kept = account();
			References.KEPT.add(kept);
			References.SOFT.add(new SoftReference<>(new byte[zipf(4_096)]));
			References.WEAK.add(new WeakReference<>(kept));
			References.BY_WEAK_KEY.put(kept, text(20));
		}
		for (int number = 0; number < PLUGINS; number++) {
			Class<?> plugin = new PluginLoader().loadClass(Plugin.class.getName());
			Plugins.LOADED.add(plugin.getDeclaredConstructor().newInstance());
		}
		CountDownLatch started = new CountDownLatch(THREADS);
		for (int number = 0; number < THREADS; number++) {
			Worker worker = new Worker(number, zipf(2_000), started);
			worker.start();
		}
		started.await();
	}

	record Price(long cents, String currency) {
	}

	record Product(int number, String title, Price price) {
	}

	record Item(Product product, int count) {
	}

	@SuppressWarnings("ArrayRecordComponent") // Never compared.
	record Purchase(Account buyer, Item[] items, @Nullable Purchase previous, String note) {
	}

	@SuppressWarnings("ArrayRecordComponent") // Never compared.
	record Session(Account account, byte[] state) {
	}

	record Link(@Nullable Link next, @Nullable String payload) {
	}

	static final class Account {

		final long id;

		final String name;

		final String address;

		final List<Purchase> purchases = new ArrayList<>();

		@Nullable Map<String, String> settings;

		boolean active = true;

		byte tier = 1;

		short branch = 2;

		char grade = 'b';

		float rating = 0.5f;

		double balance = 12.5;

		Account(long id, String name, String address) {
			this.id = id;
			this.name = name;
			this.address = address;
		}

	}

	static final class Region {

		final String name;

		final List<Map<Long, Account>> accounts = new ArrayList<>();

		final List<List<Object>> arrays = new ArrayList<>();

		final List<Object> containers = new ArrayList<>();

		Region(String name) {
			this.name = name;
		}

	}

	static final class Regions {

		static final List<Region> ALL = new ArrayList<>();

	}

	static final class Sessions {

		static final Map<String, Session> ACTIVE = new ConcurrentHashMap<>();

	}

	static final class Events {

		static final List<Runnable> LISTENERS = new ArrayList<>();

		static final Queue<Object> QUEUE = new ConcurrentLinkedQueue<>();

	}

	static final class Chain {

		static @Nullable Link head;

	}

	static final class References {

		static final List<Account> KEPT = new ArrayList<>();

		static final List<SoftReference<byte[]>> SOFT = new ArrayList<>();

		static final List<WeakReference<Account>> WEAK = new ArrayList<>();

		static final Map<Account, String> BY_WEAK_KEY = new WeakHashMap<>();

	}

	static final class Plugins {

		static final List<Object> LOADED = new ArrayList<>();

	}

	/**
	 * Loaded once by each plug-in's class loader, with statics of its own each time.
	 * Public, for to each loader the others' classes are strangers.
	 */
	public static final class Plugin {

		static final Map<String, byte[]> STATE = new HashMap<>(Map.of("state", new byte[4_096]));

		final Object[] slots = { this, "slot", null };

		/**
		 * A plug-in that refers to itself.
		 */
		public Plugin() {
		}

	}

	private static final class PluginLoader extends ClassLoader {

		private PluginLoader() {
			super(DumpMaker.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(Plugin.class.getName())) {
				return super.loadClass(name, resolve);
			}
			try (InputStream file = DumpMaker.class.getResourceAsStream("DumpMaker$Plugin.class")) {
				if (file == null) {
					throw new ClassNotFoundException(name);
				}
				byte[] bytes = file.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

	/** Waits for ever, with entries in a thread local and others on its stack only. */
	private static final class Worker extends Thread {

		private static final ThreadLocal<Map<String, byte[]>> BUFFERS = ThreadLocal.withInitial(HashMap::new);

		private final int entries;

		private final CountDownLatch started;

		private Worker(int number, int entries, CountDownLatch started) {
			super("maker-worker-" + number);
			this.entries = entries;
			this.started = started;
			setDaemon(true);
		}

		@Override
		public void run() {
			List<StringBuilder> local = new ArrayList<>();
			for (int number = 0; number < this.entries; number++) {
				BUFFERS.get().put(getName() + number, new byte[256]);
				local.add(new StringBuilder(getName()).append(number));
			}
			this.started.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				currentThread().interrupt();
			}
			finally {
				Reference.reachabilityFence(local);
			}
		}

	}

}
