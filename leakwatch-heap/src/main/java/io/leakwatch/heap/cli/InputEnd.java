package io.leakwatch.heap.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends the JVM when its standard input ends. Where that is a pipe from the program that
 * started this one, the system closes it however that program ends, killed too.
 */
final class InputEnd implements Runnable {

	private InputEnd() {
	}

	static void watch() {
		Thread thread = new Thread(new InputEnd(), "leakwatch-heap-input");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void run() {
		byte[] ignored = new byte[64];
		try (InputStream in = new FileInputStream(FileDescriptor.in)) {
			while (in.read(ignored) >= 0) {
				// What comes in means nothing.
			}
		}
		catch (IOException ex) {
			// Nobody can write to it any longer: that is its end too.
		}
		System.exit(Main.INTERRUPTED);
	}

}
