package io.leakwatch.core.suspect;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The classes that give their threads a name of their own making, by the normalised name.
 * Who has not named a pool finds it in the code by its class.
 */
final class PoolNames {

	private static final Map<String, String> CLASSES = Map.of("pool-#-thread-#",
			"java.util.concurrent.ThreadPoolExecutor", "ForkJoinPool-#-worker-#", "java.util.concurrent.ForkJoinPool",
			"ForkJoinPool.commonPool-worker-#", "java.util.concurrent.ForkJoinPool", "Timer-#", "java.util.Timer",
			"Thread-#", "java.lang.Thread", "HttpClient-#-Worker-#", "java.net.http.HttpClient",
			"HttpClient-#-SelectorManager", "java.net.http.HttpClient", "nioEventLoopGroup-#-#",
			"io.netty.channel.nio.NioEventLoopGroup");

	private PoolNames() {
	}

	/** The class that names its threads so, {@code null} where it is not known. */
	static @Nullable String classOf(String groupName) {
		return CLASSES.get(groupName);
	}

}
