package io.leakwatch.core.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program that holds {@value #HELD_MEGABYTES} MB, drops {@value #GARBAGE_MEGABYTES} MB,
 * collects, and prints the live heap that the listener tells; three times over.
 */
final class HeldHeapProgram {

	static final int HELD_MEGABYTES = 20;

	static final int GARBAGE_MEGABYTES = 60;

	private static final int ROUNDS = 3;

	private HeldHeapProgram() {
	}

	public static void main(String[] args) throws InterruptedException {
		BlockingQueue<LiveHeap> told = new LinkedBlockingQueue<>();
		List<byte[]> held = allocate(HELD_MEGABYTES);
		try (CollectionListener listener = new CollectionListener(Floors.to(told::add))) {
			listener.open();
			System.out.println("collector " + CollectionListener.collector());
			for (int i = 0; i < ROUNDS; i++) {
				int garbage = allocate(GARBAGE_MEGABYTES).size();
				told.clear();
				System.gc();
				LiveHeap live = told.poll(30, TimeUnit.SECONDS);
				System.out.println((live != null) ? "live " + live.bytes() : "nothing told of " + garbage);
			}
		}
		System.out.println("held " + held.size());
	}

	private static List<byte[]> allocate(int megabytes) {
		List<byte[]> arrays = new ArrayList<>();
		for (int i = 0; i < megabytes * 64; i++) {
			arrays.add(new byte[16 * 1024]);
		}
		return arrays;
	}

}
