package io.leakwatch.heap.cli;

import org.jspecify.annotations.Nullable;

/** What the tool says of itself. */
final class Help {

	private static final int INDENT = 26;

	private static final String INTRODUCTION = """
			Who holds what in a Java heap, and what grew between two moments.

			Usage: java -jar leakwatch-heap.jar COMMAND FILE… [OPTION…]

			A FILE is a heap dump (.hprof, compressed by gzip or not) or a profile that was saved
			from one; DUMP stands where only a heap dump will do.

			""";

	private static final String END = """

			Exit codes:
			  0    fine
			  1    a file could not be read or is no heap dump, or the result could not be written
			  2    wrong usage
			  3    a dump is damaged or was cut off: the result is that of what is there
			  130  interrupted

			Examples:
			  java -jar leakwatch-heap.jar suspects heap.hprof
			  java -jar leakwatch-heap.jar diff before.hprof after.hprof
			  java -jar leakwatch-heap.jar histogram heap.hprof.gz --top 0 --format json
			  java -Xmx64m -jar leakwatch-heap.jar summary heap.hprof --memory 64m --temp /var/tmp

			'COMMAND --help' tells more of one command.
			""";

	private Help() {
	}

	/** Writes the help of a command, or of the whole tool. */
	static void write(@Nullable Command command, Output out) {
		if (command == null) {
			out.add(INTRODUCTION).strong("Commands:").add("\n");
			for (Command each : Command.values()) {
				line(each.words(), each.summary(), 14, out);
			}
			out.add("\n").strong("Options:").add("\n");
			options(true, null, out);
			out.add(END);
			return;
		}
		out.add("Usage: java -jar leakwatch-heap.jar " + command.words() + " " + command.files() + " [OPTION…]\n\n");
		out.add(more(command)).add("\n").strong("Options:").add("\n");
		options(false, command, out);
		options(true, null, out);
		out.add("\n").strong("Examples:").add("\n").add(examples(command));
	}

	private static void options(boolean common, @Nullable Command command, Output out) {
		for (Option each : Option.values()) {
			if (each.isCommon() == common && (command == null || command.takes(each))) {
				line(each.usage(), each.words(), INDENT, out);
			}
		}
	}

	private static void line(String name, String words, int indent, Output out) {
		out.add("  ").add(name);
		if (name.length() > indent - 3) {
			out.add("\n").spaces(indent);
		}
		else {
			out.spaces(indent - 2 - name.length());
		}
		int start = 0;
		for (int end = words.indexOf('\n'); end >= 0; end = words.indexOf('\n', start)) {
			out.add(words.substring(start, end + 1)).spaces(indent);
			start = end + 1;
		}
		out.add(words.substring(start)).add("\n");
	}

	private static String more(Command command) {
		return switch (command) {
			case SUMMARY -> """
					The file, its format, how the JVM laid out its objects, how many objects and bytes there are
					and how many of them no GC root leads to; the largest classes and roots.
					""";
			case HISTOGRAM -> """
					The classes by the bytes of their instances, as jcmd's GC.class_histogram has them, but from a
					file. Unreachable objects are counted too, where the dump has them.
					""";
			case SUSPECTS -> """
					The few places that explain most of a heap, each in a sentence with the name of its holder.
					Of two files, the places that explain most of what grew, which is the better ground: one
					heap does not tell a leak from what is meant to stay.
					""";
			case PATHS -> """
					What holds the objects, from the GC roots down: the objects that are held the same way, by the
					same fields, are one row. Containers such as a HashMap are one step.
					""";
			case DOMINATORS -> """
					The objects that retain the most: what would be freed if that one object were gone. An object
					stands below the one without which it could not be reached.
					""";
			case THREADS -> """
					The threads with the bytes that they and their local variables retain, and where they are; of a
					saved profile, the groups of threads whose names differ in digits alone.
					""";
			case LOADERS -> """
					The class loaders with their classes, the instances of those, and what each loader retains.
					""";
			case BEANS -> """
					The beans of all Spring contexts by name: what each holds, what of that it alone retains, and
					what it shares with others. Proxies are seen through; a scoped bean is one row for all sessions.
					""";
			case COLLECTIONS -> """
					The collections, maps, queues, caches and arrays with the most entries, and who holds them.
					""";
			case DIFF -> """
					What grew from the first file to the last: by place, by bean, by class, by loader. Of three files
					or more, only what grew from each to the next (of eight or more, also what has a clear
					trend), so that what merely goes up and down is left out.
					""";
			case PROFILE -> """
					Analyses a dump and keeps the result, names and numbers but no values, in a file of some tens
					of kilobytes. The other commands read it in place of the dump, which can be deleted.
					""";
		};
	}

	private static String examples(Command command) {
		String java = "  java -jar leakwatch-heap.jar ";
		return switch (command) {
			case SUMMARY -> java + "summary heap.hprof\n" + java + "summary old.hprof --dump 0\n";
			case HISTOGRAM ->
				java + "histogram heap.hprof --top 50\n" + java + "histogram heap.hprof --retained --format json\n";
			case SUSPECTS -> java + "suspects heap.hprof\n" + java + "suspects before.lwp after.lwp\n";
			case PATHS -> java + "paths heap.hprof --top 60\n" + java + "paths heap.hprof --class com.acme.Order\n"
					+ java + "paths heap.hprof --class '*Listener'\n";
			case DOMINATORS -> java + "dominators heap.hprof --top 40\n";
			case THREADS -> java + "threads heap.hprof --stacks\n";
			case LOADERS -> java + "loaders heap.hprof\n";
			case BEANS -> java + "beans heap.hprof --top 30\n" + java + "beans heap.lwp --format json\n";
			case COLLECTIONS -> java + "collections heap.hprof\n";
			case DIFF ->
				java + "diff before.hprof after.hprof\n" + java + "diff monday.lwp tuesday.lwp wednesday.lwp\n";
			case PROFILE -> java + "profile heap.hprof -o heap.lwp\n";
		};
	}

}
