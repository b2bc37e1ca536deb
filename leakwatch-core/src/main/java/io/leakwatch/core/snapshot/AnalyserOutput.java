package io.leakwatch.core.snapshot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

import io.leakwatch.core.snapshot.DumpAnalyser.AnalysisProgress;
import io.leakwatch.heap.profile.PrintableName;

/**
 * Reads what the analyser says: its progress, and the words with which it fails. Keeps
 * little, whatever comes.
 */
final class AnalyserOutput implements Runnable {

	private static final String PROGRESS = "progress ";

	private static final String NAME = "leakwatch-heap: ";

	private static final int MAXIMUM_LINES = 5;

	private static final int MAXIMUM_LINE = 400;

	private final InputStream in;

	private final AnalysisProgress listener;

	private final Deque<String> lines = new ArrayDeque<>();

	private double done;

	AnalyserOutput(InputStream in, AnalysisProgress listener) {
		this.in = in;
		this.listener = listener;
	}

	/** Begins to read, on a thread of its own, which ends when there is no more. */
	Thread start() {
		Thread thread = new Thread(null, this, "leakwatch-analyser-output", 0, false);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	@Override
	public void run() {
		try (Reader reader = new BufferedReader(new InputStreamReader(this.in, StandardCharsets.UTF_8))) {
			StringBuilder line = new StringBuilder();
			for (int character = reader.read(); character >= 0; character = reader.read()) {
				if (character == '\n') {
					take(line.toString());
					line.setLength(0);
				}
				else if (line.length() < MAXIMUM_LINE) {
					line.append((char) character);
				}
			}
			take(line.toString());
		}
		catch (IOException ex) {
			// The process is gone: what it said until then is all there is.
		}
	}

	private void take(String line) {
		if (line.startsWith(PROGRESS)) {
			int end = line.indexOf(' ', PROGRESS.length());
			if (end > 0) {
				progress(line.substring(PROGRESS.length(), end), line.substring(end + 1));
			}
		}
		else if (!line.isBlank()) {
			String words = line.startsWith(NAME) ? line.substring(NAME.length()) : line;
			synchronized (this.lines) {
				this.lines.add(PrintableName.of(words.strip(), MAXIMUM_LINE));
				if (this.lines.size() > MAXIMUM_LINES) {
					this.lines.remove();
				}
			}
		}
	}

	private void progress(String percent, String phase) {
		try {
			this.done = Math.max(this.done, Math.min(100, Integer.parseInt(percent)) / 100.0);
			this.listener.at(PrintableName.of(phase, MAXIMUM_LINE), this.done);
		}
		catch (RuntimeException ex) {
			// No number, or a listener's own failure: neither is a reason to stop
			// reading,
			// which would stop the analyser.
		}
	}

	/** The last lines that are no progress, in one. */
	String lastWords() {
		synchronized (this.lines) {
			return String.join("; ", this.lines);
		}
	}

}
