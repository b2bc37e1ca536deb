package com.acme.probed;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.leakwatch.core.profile.AllocationProbe;
import jdk.jfr.FlightRecorder;

/**
 * Lets the {@link Shop} leak under an {@link AllocationProbe}, and prints what that says.
 */
public final class ProbedShop {

	private static final List<String> CLASSES = List.of("com.acme.probed.Shop$Order", "com.acme.probed.Shop$Basket",
			"com.acme.probed.Shop$Visit", "java.lang.String");

	private static final int ROUNDS = 2;

	private static final int LEAKS = 6_000;

	private ProbedShop() {
	}

	public static void main(String[] args) throws Exception {
		try (AllocationProbe probe = new AllocationProbe(List.of("com.acme.probed"))) {
			Instant begin = Instant.now();
			start(probe);
			if (probe.isRunning()) {
				leak(probe);
				print(probe, begin);
				printRecorder("while it runs");
			}
			System.out.println("reason " + probe.reasonAgainst());
		}
		if (args.length > 0) {
			printRecorder("after it");
			printFiles(Path.of(args[0]));
		}
		System.out.println("leaked " + Shop.leaked());
	}

	/** In the context of a class loader that may go away. */
	private static void start(AllocationProbe probe) throws IOException {
		if (probe.reasonAgainst() == null) {
			// Those that the recorder does not know yet are on.
			System.out.println("application's events before: " + new Checkout().isEnabled());
		}
		Thread thread = Thread.currentThread();
		ClassLoader loader = thread.getContextClassLoader();
		try (URLClassLoader passing = new URLClassLoader(new URL[0])) {
			thread.setContextClassLoader(passing);
			System.out.println("started " + probe.start());
			System.out.println("loader kept " + (thread.getContextClassLoader() == passing));
		}
		finally {
			thread.setContextClassLoader(loader);
		}
	}

	private static void leak(AllocationProbe probe) throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(3,
				(task) -> new Thread(task, "conv-pool-" + task.hashCode()));
		for (int round = 0; round < ROUNDS; round++) {
			Shop.placeOrders(LEAKS);
			Shop.visit(LEAKS);
			Shop.export(LEAKS);
			List<Future<?>> filling = List.of(pool.submit(() -> Shop.fillBaskets(LEAKS / 3)),
					pool.submit(() -> Shop.fillBaskets(LEAKS / 3)), pool.submit(() -> Shop.fillBaskets(LEAKS / 3)));
			for (Future<?> each : filling) {
				each.get();
			}
			probe.read();
		}
		probe.readChains(0, Duration.ofMinutes(1));
		pool.shutdown();
	}

	private static void print(AllocationProbe probe, Instant begin) {
		for (String each : CLASSES) {
			probe.sitesOf(Set.of(each), begin).forEach((site) -> System.out.println("site of " + each + " " + site));
			probe.holdersOf(Set.of(each), begin)
				.forEach((holder) -> System.out.println("holder of " + each + " " + holder));
		}
	}

	private static void printRecorder(String moment) {
		System.out.println("recordings " + moment + ": " + FlightRecorder.getFlightRecorder().getRecordings().size());
		System.out.println("application's events " + moment + ": " + new Checkout().isEnabled());
		for (Thread each : Thread.getAllStackTraces().keySet()) {
			if (each.getContextClassLoader() instanceof URLClassLoader) {
				System.out.println("class loader kept by " + each.getName());
			}
		}
	}

	private static void printFiles(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			files.filter(Files::isRegularFile).forEach((file) -> System.out.println("file left: " + file));
		}
	}

}
