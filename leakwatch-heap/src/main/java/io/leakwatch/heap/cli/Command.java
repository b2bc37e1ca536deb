package io.leakwatch.heap.cli;

import org.jspecify.annotations.Nullable;

/** What the tool can be asked. */
enum Command {

	SUMMARY("summary", "FILE", "the heap in a few numbers, and what takes the most room", 1, 1, null),

	HISTOGRAM("histogram", "FILE", "the classes, with their instances and bytes", 1, 1, Option.RETAINED),

	SUSPECTS("suspects", "FILE [LATER]", "the few places that explain most of the heap, or of its growth", 1, 2, null),

	PATHS("paths", "FILE", "what holds the objects: merged paths from the GC roots", 1, 1, Option.CLASS),

	DOMINATORS("dominators", "DUMP", "the single objects that retain the most, as a tree", 1, 1, null),

	THREADS("threads", "FILE", "the threads, and what they hold", 1, 1, Option.STACKS),

	LOADERS("loaders", "FILE", "the class loaders, their classes and what they hold", 1, 1, null),

	BEANS("beans", "FILE", "the Spring beans, and what each has of the heap", 1, 1, null),

	COLLECTIONS("collections", "FILE", "the containers with the most entries, and who holds them", 1, 1, null),

	DIFF("diff", "FILE LATER [LATER…]", "what grew between two files; of three or more, what grew each time", 2,
			Integer.MAX_VALUE, null),

	PROFILE("profile", "DUMP -o FILE", "keeps what a dump tells in a small file", 1, 1, Option.OUTPUT);

	private final String words;

	private final String files;

	private final String summary;

	private final int leastFiles;

	private final int mostFiles;

	/** The option that goes with it alone. */
	private final @Nullable Option option;

	Command(String words, String files, String summary, int leastFiles, int mostFiles, @Nullable Option option) {
		this.words = words;
		this.files = files;
		this.summary = summary;
		this.leastFiles = leastFiles;
		this.mostFiles = mostFiles;
		this.option = option;
	}

	/** The command of a name, {@code null} where there is none. */
	static @Nullable Command find(String name) {
		for (Command each : values()) {
			if (each.words.equals(name)) {
				return each;
			}
		}
		return null;
	}

	static String[] names() {
		Command[] commands = values();
		String[] names = new String[commands.length];
		for (int i = 0; i < names.length; i++) {
			names[i] = commands[i].words;
		}
		return names;
	}

	/** As it is typed. */
	String words() {
		return this.words;
	}

	/** What follows it, as the help has it. */
	String files() {
		return this.files;
	}

	/** What it does, half a line. */
	String summary() {
		return this.summary;
	}

	boolean takes(Option option) {
		return option.isCommon() || option == this.option;
	}

	void checkFiles(int count) throws UsageException {
		if (count < this.leastFiles || count > this.mostFiles) {
			String wanted = (this.leastFiles == 1) ? "one file" : "two files or more";
			if (this.mostFiles == 2) {
				wanted = "one file or two";
			}
			throw new UsageException(this, "'" + this.words + "' takes " + wanted + ", not "
					+ ((count == 0) ? "none" : Integer.toString(count)));
		}
	}

}
