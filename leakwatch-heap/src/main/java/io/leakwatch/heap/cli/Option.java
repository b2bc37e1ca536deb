package io.leakwatch.heap.cli;

import org.jspecify.annotations.Nullable;

/** What a command line may set. Those without a command of their own go with each. */
enum Option {

	FORMAT("--format", "", "text|json", "how the result is written (default: text)"),

	TOP("--top", "-n", "N", "how many rows a table has, 0 for all (default: 25)"),

	MEMORY("--memory", "", "SIZE",
			"direct memory for the tables, such as 64m or 2g; what is beyond goes to a\n"
					+ "temporary file (default: as much as the JVM's -Xmx)"),

	TEMP("--temp", "", "DIR", "where temporary files are made (default: the system's)"),

	THREADS("--threads", "", "N", "how many threads work (default: one for each processor)"),

	DUMP("--dump", "", "N", "which dump of a file that has several, from 0 (default: the last)"),

	PROGRESS("--progress", "", "bar|lines|none",
			"how far the work is: a bar, on a terminal alone (default), or lines on standard\n"
					+ "error for a program to read, 'progress PERCENT PHASE'"),

	NO_PROGRESS("--no-progress", "", "", "the same as --progress none"),

	END_WITH_INPUT("--end-with-input", "", "",
			"stop when the standard input ends, as it does when the program that\n" + "started this one is gone"),

	DEBUG("--debug", "", "", "the stack trace of a failure"),

	HELP("--help", "-h", "", "this text"),

	VERSION("--version", "-V", "", "the version"),

	CLASS("--class", "", "NAME",
			"only paths that end at or pass a class: its full name, its simple name, or a\n" + "pattern with *"),

	OUTPUT("--output", "-o", "FILE", "the file to write; an older profile there is replaced, nothing else is"),

	RETAINED("--retained", "", "", "what each class retains and what is unreachable too (a full analysis)"),

	STACKS("--stacks", "", "", "the whole stack of each thread (text; JSON always has it)");

	private final String name;

	private final String shortName;

	private final String argument;

	private final String words;

	Option(String name, String shortName, String argument, String words) {
		this.name = name;
		this.shortName = shortName;
		this.argument = argument;
		this.words = words;
	}

	/** The option of a name, {@code null} where there is none. */
	static @Nullable Option find(String name) {
		for (Option each : values()) {
			if (each.name.equals(name) || (each.shortName.equals(name) && !name.isEmpty())) {
				return each;
			}
		}
		return null;
	}

	static String[] names() {
		Option[] options = values();
		String[] names = new String[options.length];
		for (int i = 0; i < names.length; i++) {
			names[i] = options[i].name;
		}
		return names;
	}

	/** The name with two dashes. */
	String longName() {
		return this.name;
	}

	/** The names and the argument, as the help has them. */
	String usage() {
		String names = this.shortName.isEmpty() ? "    " + this.name : this.shortName + ", " + this.name;
		return this.argument.isEmpty() ? names : names + " " + this.argument;
	}

	boolean hasArgument() {
		return !this.argument.isEmpty();
	}

	/** What it sets, in lines. */
	String words() {
		return this.words;
	}

	/** Whether it goes with every command. */
	boolean isCommon() {
		return compareTo(CLASS) < 0;
	}

}
