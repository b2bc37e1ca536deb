package io.leakwatch.core.snapshot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.leakwatch.heap.profile.PrintableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong with keeping snapshots: the last few sentences, each logged once. Safe
 * for several threads.
 */
final class Problems {

	private static final Logger logger = LoggerFactory.getLogger(Snapshots.class);

	private static final int MOST = 10;

	private static final int MAXIMUM_LENGTH = 500;

	private final Deque<String> sentences = new ArrayDeque<>();

	synchronized void add(String sentence) {
		String printable = PrintableName.of(sentence, MAXIMUM_LENGTH);
		if (!this.sentences.contains(printable)) {
			logger.warn("{}", printable);
			this.sentences.addLast(printable);
			if (this.sentences.size() > MOST) {
				this.sentences.removeFirst();
			}
		}
	}

	synchronized List<String> list() {
		return List.copyOf(this.sentences);
	}

}
