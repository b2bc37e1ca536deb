package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Heap dumps of shapes that break what recurses, squares or counts in 31 bits. The class
 * {@code com.acme.Holder} has the one object of interest in its first static field.
 */
final class ExtremeHeaps {

	/** The address of the object that everything hangs on. */
	static final long HEAD = 0x10_0000_0000L;

	/** How far objects are apart. */
	static final long STEP = 32;

	static final long SHARED = 0x8_0000_0000L;

	static final long SHARED_LEAF = 0x8_0000_1000L;

	private static final long HOLDER = 0x1000;

	private static final long NODE = 0x2000;

	private static final long BOX = 0x3000;

	private static final long CLASSES = 0x4000_0000L;

	private static final long LOADERS = 0x6000_0000L;

	private ExtremeHeaps() {
	}

	static long node(long number) {
		return HEAD + number * STEP;
	}

	private static LargeDump begin(Path file, int references, int fieldNames) throws IOException {
		LargeDump dump = new LargeDump(file, IntStream.range(0, fieldNames).mapToObj((i) -> "f" + i).toList());
		dump.declare(HOLDER, "com.acme.Holder", 0, 0, 0, HEAD);
		dump.declare(NODE, "com.acme.Node", 0, 0, references);
		dump.declare(BOX, "com.acme.Box", 0, 0, 0);
		return dump;
	}

	/**
	 * A chain of nodes, each of which also refers to the one before it, to an object that
	 * all share and to an array that all share.
	 */
	static void list(Path file, int nodes, boolean backwards) throws IOException {
		try (LargeDump dump = begin(file, 4, 4)) {
			dump.objects();
			dump.instance(SHARED, NODE, 0, 0, 0, 0);
			dump.bytes(SHARED_LEAF, 100);
			for (int i = 0; i < nodes; i++) {
				dump.instance(node(i), NODE, (i + 1 < nodes) ? node(i + 1) : 0, (backwards && i > 0) ? node(i - 1) : 0,
						SHARED, SHARED_LEAF);
			}
			dump.root(HOLDER);
		}
	}

	/** An array whose slots refer to a fifth as many objects, over and over. */
	static void array(Path file, int slots) throws IOException {
		try (LargeDump dump = begin(file, 1, 4)) {
			dump.objects();
			int objects = slots / 5;
			dump.array(HEAD, NODE, slots, (slot) -> node(1 + slot % objects));
			for (int i = 1; i <= objects; i++) {
				dump.instance(node(i), NODE, HEAD);
			}
			dump.root(HOLDER);
		}
	}

	/** Instances of a class with many fields, all of which refer to objects. */
	static void fields(Path file, int fields, int instances) throws IOException {
		try (LargeDump dump = begin(file, fields, fields)) {
			dump.objects();
			for (int i = 0; i < instances; i++) {
				long[] references = new long[fields];
				for (int field = 0; field < fields; field++) {
					references[field] = node(field * 8L % 1_000);
				}
				dump.instance(node(i * 100_000L), NODE, references);
			}
			for (int i = 1; i < 1_000; i++) {
				dump.instance(node(i), BOX);
			}
			dump.root(HOLDER);
		}
	}

	/** Classes of many loaders, an instance of each, and an array of these. */
	static void loaders(Path file, int classes, int loaders) throws IOException {
		try (LargeDump dump = begin(file, 1, 4)) {
			for (int i = 0; i < classes; i++) {
				dump.declare(CLASSES + i * 128L, "com.acme.Plugin" + i, 0, LOADERS + (i % loaders) * STEP, 1,
						node(1 + i));
			}
			dump.objects();
			for (int i = 0; i < loaders; i++) {
				dump.instance(LOADERS + i * STEP, NODE, 0);
			}
			dump.array(HEAD, NODE, classes, (slot) -> node(1 + slot));
			for (int i = 0; i < classes; i++) {
				dump.instance(node(1 + i), CLASSES + i * 128L, 0);
			}
			dump.root(HOLDER);
		}
	}

	/** A binary tree in the order of a heap: node n has 2n + 1 and 2n + 2 below it. */
	static void tree(Path file, int nodes) throws IOException {
		try (LargeDump dump = begin(file, 2, 4)) {
			dump.objects();
			for (long i = 0; i < nodes; i++) {
				dump.instance(node(i), NODE, (2 * i + 1 < nodes) ? node(2 * i + 1) : 0,
						(2 * i + 2 < nodes) ? node(2 * i + 2) : 0);
			}
			dump.root(HOLDER);
		}
	}

	/** Arrays that each refer to all of as many objects, which refer back to all. */
	static void bipartite(Path file, int side) throws IOException {
		try (LargeDump dump = begin(file, 1, 4)) {
			dump.objects();
			long all = node(1);
			dump.array(HEAD, NODE, side, (slot) -> node(1_000 + slot * 1_000));
			dump.array(all, NODE, side, (slot) -> node(1_000 + slot * 1_000));
			for (int i = 0; i < side; i++) {
				dump.array(node(1_000 + i * 1_000L), NODE, side, (slot) -> node(1_001 + slot * 1_000));
				dump.instance(node(1_001 + i * 1_000L), NODE, all);
			}
			dump.root(HOLDER);
		}
	}

	/** A chain of soft references, each of which alone keeps the next one. */
	static void softChain(Path file, int nodes) throws IOException {
		try (LargeDump dump = new LargeDump(file, List.of("referent", "queue"))) {
			dump.declare(BOX, "java.lang.ref.Reference", 0, 0, 2);
			dump.declare(NODE, "java.lang.ref.SoftReference", BOX, 0, 0);
			dump.declare(HOLDER, "com.acme.Holder", 0, 0, 0, HEAD);
			dump.objects();
			for (int i = nodes - 1; i >= 0; i--) {
				dump.instance(node(i), NODE, (i + 1 < nodes) ? node(i + 1) : 0, 0);
			}
			dump.root(HOLDER);
		}
	}

}
