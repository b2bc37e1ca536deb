package io.leakwatch.heap.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a command line says. Options may stand anywhere, {@code --} ends them.
 */
final class Arguments {

	private static final int DEFAULT_ROWS = 25;

	/** What is to be done, {@code null} for help or the version alone. */
	@Nullable Command command;

	final List<Path> files = new ArrayList<>();

	boolean json;

	int top = DEFAULT_ROWS;

	/** Direct memory for tables, −1 for as much as the JVM allows its heap. */
	long memoryBytes = -1;

	@Nullable Path temporaryDirectory;

	/** How many threads work, 0 for as many as there are processors. */
	int threads;

	/** Which dump of the file, −1 for the last. */
	int dumpNumber = -1;

	ProgressStyle progress = ProgressStyle.BAR;

	boolean endWithInput;

	@Nullable String className;

	@Nullable Path output;

	boolean retained;

	boolean stacks;

	boolean debug;

	boolean help;

	boolean version;

	private final List<Option> given = new ArrayList<>();

	private Arguments() {
	}

	static Arguments parse(String... words) throws UsageException {
		Arguments arguments = new Arguments();
		List<String> plain = new ArrayList<>();
		boolean options = true;
		for (int i = 0; i < words.length; i++) {
			String word = words[i];
			if (!options || !word.startsWith("-") || word.length() == 1) {
				plain.add(word);
			}
			else if (word.equals("--")) {
				options = false;
			}
			else {
				int equals = word.startsWith("--") ? word.indexOf('=') : -1;
				Option option = option((equals < 0) ? word : word.substring(0, equals));
				String value = null;
				if (equals >= 0) {
					value = word.substring(equals + 1);
				}
				else if (option.hasArgument()) {
					i++;
					value = (i < words.length) ? words[i] : null;
				}
				arguments.set(option, value);
			}
		}
		arguments.setPlain(plain);
		if (!arguments.help && !arguments.version) {
			arguments.check();
		}
		return arguments;
	}

	private static Option option(String name) throws UsageException {
		Option option = Option.find(name);
		if (option == null) {
			String nearest = Spelling.nearest(name, Option.names());
			throw new UsageException(null, "there is no option '" + Names.printable(name) + "'"
					+ ((nearest != null) ? "; did you mean '" + nearest + "'?" : ""));
		}
		return option;
	}

	private void set(Option option, @Nullable String value) throws UsageException {
		this.given.add(option);
		if (!option.hasArgument()) {
			if (value != null) {
				throw new UsageException(null, option.longName() + " takes no value");
			}
			setSwitch(option);
			return;
		}
		if (value == null || value.isEmpty()) {
			throw new UsageException(null, option.longName() + " needs a value");
		}
		switch (option) {
			case FORMAT -> {
				if (!value.equals("text") && !value.equals("json")) {
					throw new UsageException(null, "--format is text or json, not '" + Names.printable(value) + "'");
				}
				this.json = value.equals("json");
			}
			case TOP -> this.top = number(option, value, 0);
			case THREADS -> this.threads = number(option, value, 1);
			case DUMP -> this.dumpNumber = number(option, value, 0);
			case MEMORY -> this.memoryBytes = bytes(value);
			case TEMP -> this.temporaryDirectory = path(value);
			case PROGRESS -> this.progress = ProgressStyle.of(value);
			case CLASS -> this.className = value;
			default -> this.output = path(value);
		}
	}

	private void setSwitch(Option option) {
		switch (option) {
			case NO_PROGRESS -> this.progress = ProgressStyle.NONE;
			case END_WITH_INPUT -> this.endWithInput = true;
			case DEBUG -> this.debug = true;
			case HELP -> this.help = true;
			case VERSION -> this.version = true;
			case RETAINED -> this.retained = true;
			default -> this.stacks = true;
		}
	}

	private void setPlain(List<String> plain) throws UsageException {
		int first = 0;
		if (!plain.isEmpty() && plain.get(0).equals("help")) {
			this.help = true;
			first = 1;
		}
		if (plain.size() <= first) {
			return;
		}
		String name = plain.get(first);
		this.command = Command.find(name);
		if (this.command == null) {
			String nearest = Spelling.nearest(name, Command.names());
			throw new UsageException(null, "there is no command '" + Names.printable(name) + "'"
					+ ((nearest != null) ? "; did you mean '" + nearest + "'?" : ""));
		}
		for (String each : plain.subList(first + 1, plain.size())) {
			this.files.add(path(each));
		}
	}

	private void check() throws UsageException {
		Command chosen = this.command;
		if (chosen == null) {
			throw new UsageException(null, "no command was given");
		}
		for (Option each : this.given) {
			if (!chosen.takes(each)) {
				throw new UsageException(chosen, each.longName() + " does not go with '" + chosen.words() + "'");
			}
		}
		chosen.checkFiles(this.files.size());
		if (chosen == Command.PROFILE && this.output == null) {
			throw new UsageException(chosen, "'profile' needs -o FILE, the file to write");
		}
		if (this.temporaryDirectory != null && !Files.isDirectory(this.temporaryDirectory)) {
			throw new UsageException(chosen,
					"--temp: there is no directory " + Names.printable(this.temporaryDirectory.toString()));
		}
	}

	private static int number(Option option, String value, int least) throws UsageException {
		try {
			int number = Integer.parseInt(value);
			if (number >= least) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Told below, as a number that is too small is.
		}
		throw new UsageException(null,
				option.longName() + " needs a whole number from " + least + ", not '" + Names.printable(value) + "'");
	}

	/** Bytes, with an optional unit of 1024s as the JVM's own options have it. */
	private static long bytes(String value) throws UsageException {
		int shift = switch (value.charAt(value.length() - 1)) {
			case 'k', 'K' -> 10;
			case 'm', 'M' -> 20;
			case 'g', 'G' -> 30;
			case 't', 'T' -> 40;
			default -> 0;
		};
		try {
			long number = Long.parseLong((shift == 0) ? value : value.substring(0, value.length() - 1));
			if (number >= 0 && number <= Long.MAX_VALUE >> shift) {
				return number << shift;
			}
		}
		catch (NumberFormatException ex) {
			// Told below, as a number that is too large is.
		}
		throw new UsageException(null, "--memory needs a size such as 64m or 2g, not '" + Names.printable(value) + "'");
	}

	private static Path path(String value) throws UsageException {
		try {
			return Path.of(value);
		}
		catch (InvalidPathException ex) {
			throw new UsageException(null, "'" + Names.printable(value) + "' is no name of a file");
		}
	}

}
