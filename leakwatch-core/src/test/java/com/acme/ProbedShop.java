package com.acme;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.leakwatch.core.profile.AllocationProbe;

/**
 * Lets the {@link Shop} leak under an {@link AllocationProbe}, and prints what that says.
 */
public final class ProbedShop {

	private static final List<String> CLASSES = List.of("com.acme.Shop$Order", "com.acme.Shop$Basket",
			"com.acme.Shop$Visit", "java.lang.String", "[B");

	private ProbedShop() {
	}

	public static void main(String[] args) throws Exception {
		try (AllocationProbe probe = new AllocationProbe(List.of("com.acme"))) {
			Instant begin = Instant.now();
			try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
				Thread.currentThread().setContextClassLoader(loader);
				System.out.println("started " + probe.start());
			}
			if (probe.isRunning()) {
				leak(probe, begin);
			}
			System.out.println("reason " + probe.reasonAgainst());
		}
		System.out.println("leaked " + Shop.leaked());
	}

	private static void leak(AllocationProbe probe, Instant begin) throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(3,
				(task) -> new Thread(task, "conv-pool-" + task.hashCode()));
		for (int round = 0; round < 4; round++) {
			Shop.placeOrders(3_000);
			Shop.visit(3_000);
			Shop.export(3_000);
			List<Future<?>> filling = List.of(pool.submit(() -> Shop.fillBaskets(1_000)),
					pool.submit(() -> Shop.fillBaskets(1_000)), pool.submit(() -> Shop.fillBaskets(1_000)));
			for (Future<?> each : filling) {
				each.get();
			}
			System.gc();
			probe.read();
		}
		print(probe, begin);
		printRecorder();
		pool.shutdown();
	}

	private static void print(AllocationProbe probe, Instant begin) throws IOException {
		Duration stall = probe.readChains(100 << 20);
		System.out.println("stall of " + stall.toMillis() + " ms, then predicted " + probe.predictStall(100 << 20));
		for (String each : CLASSES) {
			probe.sitesOf(Set.of(each), begin).forEach((site) -> System.out.println("site of " + each + " " + site));
			probe.holdersOf(Set.of(each), begin)
				.forEach((holder) -> System.out.println("holder of " + each + " " + holder));
		}
		probe.holdersOf(Set.of(), begin).forEach((holder) -> System.out.println("holder " + holder));
	}

	private static void printRecorder() {
		for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
			ClassLoader loader = each.getKey().getContextClassLoader();
			if (loader instanceof URLClassLoader) {
				System.out.println("loader of " + each.getKey().getName() + " " + Arrays.toString(each.getValue()));
			}
		}
	}

}
