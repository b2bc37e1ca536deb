package io.leakwatch.core.suspect;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells which containers belong to what is watched as one number: those that keep
 * threads, classes, buffers, files, or what waits for its finalizer.
 */
final class Belonging {

	private static final double SAME_PACE = 0.05;

	private static final int MOST_MULTIPLE = 3;

	private static final List<Pattern> THREADS = patterns("\\.\\w*Thread$", "Executor\\w*(\\$Worker)?$",
			"\\.Timer(Thread)?$", "ThreadPoolExecutor\\.workers");

	private static final List<Pattern> CLASSES = patterns("^java\\.lang\\.Class$", "ClassLoader", "MetaClass",
			"Script\\w*$", "\\.classCache\\b", "\\.ClassInfo\\b", "\\.ClassValue\\b");

	private static final List<Pattern> BUFFERS = patterns("ByteBuffer", "ByteBuf\\b", "DirectBuffer",
			"netty\\.buffer\\.Pool");

	private static final List<Pattern> FINALIZERS = patterns("java\\.lang\\.ref\\.Finalizer\\b");

	private static final List<Pattern> FILES = patterns("(Input|Output)Stream$", "Channel(Impl)?$", "Socket\\w*$",
			"\\.RandomAccessFile$", "\\.ZipFile$", "\\.JarFile$", "Connection\\w*$");

	/** These have memory outside the heap, which nothing frees before they are closed. */
	private static final List<Pattern> NATIVE = patterns("^java\\.util\\.zip\\.(Deflater|Inflater)(\\$|$)",
			"^java\\.util\\.zip\\.(Deflater|Inflater)(Input|Output)Stream$", "\\.jna\\.Memory$");

	private Belonging() {
	}

	/**
	 * Whether a container shows the same leak as a number that grows.
	 * @param gauge the finding of the number
	 * @param container the finding of the container
	 */
	static boolean isSame(Finding gauge, Finding container) {
		Double pace = gauge.growthPerMinute();
		Double other = container.growthPerMinute();
		return keeps(gauge.kind(), container) || isOfSameClass(gauge, container)
				|| (pace != null && other != null && Pace.isSame(pace, other, MOST_MULTIPLE, SAME_PACE));
	}

	/** Whether both tell of objects of one class on the heap. */
	static boolean isOfSameClass(Finding one, Finding other) {
		return one.kind() == SuspectKind.HEAP && other.kind() == SuspectKind.HEAP && one.className() != null
				&& one.className().equals(other.className());
	}

	/** Whether a container keeps things of this kind, by its names. */
	static boolean keeps(SuspectKind kind, Finding container) {
		List<Pattern> patterns = switch (kind) {
			case THREAD -> THREADS;
			case CLASS_LOADER -> CLASSES;
			case DIRECT_MEMORY -> BUFFERS;
			case FINALIZER -> FINALIZERS;
			case FILE_DESCRIPTOR -> FILES;
			case NATIVE_MEMORY -> NATIVE;
			case HEAP, CACHE -> List.of();
		};
		return matches(patterns, container.className()) || matches(patterns, path(container))
				|| (kind == SuspectKind.NATIVE_MEMORY && ownsNative(container));
	}

	/**
	 * What a container leaks, as far as its names alone tell. Threads and classes can be
	 * kept without being any more.
	 */
	static SuspectKind kindOf(Finding container) {
		if (keeps(SuspectKind.FINALIZER, container)) {
			return SuspectKind.FINALIZER;
		}
		if (matches(NATIVE, container.className())) {
			return SuspectKind.NATIVE_MEMORY;
		}
		return (container.className() != null && container.className().startsWith("java.nio.Direct"))
				? SuspectKind.DIRECT_MEMORY : container.kind();
	}

	private static boolean ownsNative(Finding container) {
		return container.evidence().stream().anyMatch((each) -> each.signal().equals(HolderFinding.NATIVE_OWNERS));
	}

	/** The holder without what it is a container of, and without what it begins with. */
	private static String path(Finding container) {
		return (container.holder() != null) ? HolderPath.of(container.holder()).path() : "";
	}

	private static boolean matches(List<Pattern> patterns, @Nullable String name) {
		return name != null && patterns.stream().anyMatch((pattern) -> pattern.matcher(name).find());
	}

	private static List<Pattern> patterns(String... regexes) {
		return List.of(regexes).stream().map(Pattern::compile).toList();
	}

}
