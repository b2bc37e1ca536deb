package io.leakwatch.heap.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

/**
 * The command line tool of the heap engine; {@code --help} tells what it does.
 *
 * <p>
 * Nothing that takes long to load (regular expressions, formatting, streams) is on the
 * way to a histogram: that of a gigabyte is to be there in less than a second.
 */
public final class Main {

	static final int FINE = 0;

	static final int FAILED = 1;

	static final int WRONG_USAGE = 2;

	static final int INCOMPLETE = 3;

	static final int INTERRUPTED = 130;

	private static final String NAME = "leakwatch-heap: ";

	private final Output text;

	private final Output json;

	private final Output errors;

	private final PrintStream out;

	private final PrintStream err;

	private final Interruption interruption;

	private Main(PrintStream out, PrintStream err, Charset charset, boolean coloured, Interruption interruption) {
		this.out = out;
		this.err = err;
		this.text = new Output(out, charset, coloured);
		this.json = new Output(out, StandardCharsets.UTF_8, false);
		this.errors = new Output(err, charset, false);
		this.interruption = interruption;
	}

	/**
	 * Runs the tool and ends the JVM with its exit code.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		PrintStream err = stream(FileDescriptor.err);
		Interruption interruption = new Interruption(Thread.currentThread(), err);
		Runtime.getRuntime().addShutdownHook(interruption);
		int code;
		try {
			Main main = new Main(stream(FileDescriptor.out), err, charset(), Terminal.isColoured(Terminal.OUT),
					interruption);
			code = main.run(args);
		}
		finally {
			interruption.end();
		}
		System.exit(code);
	}

	/** Runs the tool as part of another program. */
	static int run(String[] args, PrintStream out, PrintStream err) {
		return new Main(out, err, StandardCharsets.UTF_8, false, new Interruption(Thread.currentThread(), err))
			.run(args);
	}

	private static PrintStream stream(FileDescriptor descriptor) {
		return new PrintStream(new FileOutputStream(descriptor));
	}

	/** What the terminal expects: the JVM's own default may be another one. */
	private static Charset charset() {
		String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
		return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
	}

	private int run(String... args) {
		boolean debug = false;
		for (String each : args) {
			debug |= each.equals(Option.DEBUG.longName());
		}
		try {
			Arguments arguments = Arguments.parse(args);
			return (arguments.help || arguments.version) ? tell(arguments) : work(arguments, debug);
		}
		catch (UsageException ex) {
			Command command = ex.command();
			fail(ex.getMessage() + "; see 'leakwatch-heap " + ((command != null) ? command.words() + " " : "")
					+ "--help'");
			return WRONG_USAGE;
		}
	}

	private int tell(Arguments arguments) {
		if (arguments.version && !arguments.help) {
			String version = Main.class.getPackage().getImplementationVersion();
			this.text.add("leakwatch-heap " + ((version != null) ? version : "(development)") + ", Java "
					+ System.getProperty("java.version") + "\n");
		}
		else {
			Help.write(arguments.command, this.text);
		}
		this.text.flush();
		return FINE;
	}

	private int work(Arguments arguments, boolean debug) throws UsageException {
		if (arguments.endWithInput) {
			InputEnd.watch();
		}
		Inputs inputs = new Inputs(arguments, this.interruption, this.err);
		try {
			Report report = Commands.run(inputs);
			for (String sentence : inputs.damage()) {
				fail(sentence);
			}
			if (arguments.json) {
				report.fact("incomplete", "", Kind.LINES, inputs.damage());
				JsonReport.write(report, this.json);
				this.json.flush();
			}
			else {
				TextReport.write(report, this.text);
				this.text.flush();
			}
			if (this.out.checkError()) {
				fail("the result could not be written");
				return FAILED;
			}
			return inputs.damage().isEmpty() ? FINE : INCOMPLETE;
		}
		catch (IOException | RuntimeException | Error ex) {
			if (debug) {
				ex.printStackTrace(this.err);
			}
			if (this.interruption.getAsBoolean() || ex instanceof CancellationException
					|| ex instanceof ClosedByInterruptException) {
				fail("interrupted");
				return INTERRUPTED;
			}
			fail(words(ex, inputs.current()));
			return FAILED;
		}
	}

	private static String words(Throwable failure, @Nullable Path file) {
		String message = String.valueOf(failure.getMessage());
		if (failure instanceof OutOfMemoryError) {
			return "not enough memory (" + message + "): allow the JVM more, as in 'java -Xmx1g -jar …' (it has "
					+ Numbers.bytes(Runtime.getRuntime().maxMemory())
					+ "); what the tables take besides is set by --memory";
		}
		if (failure instanceof NoSuchFileException) {
			return message + ": there is no such file";
		}
		if (failure instanceof AccessDeniedException) {
			return message + ": may not be read or written";
		}
		if (failure instanceof UncheckedIOException || failure instanceof IOException) {
			boolean named = file == null || message.contains(String.valueOf(file.getFileName()));
			return named ? message : file + ": " + message;
		}
		return file + " could not be read, which is a fault of this tool (" + failure
				+ "); --debug prints where it happened";
	}

	private void fail(@Nullable String message) {
		this.errors.add(NAME).add(Names.printable(String.valueOf(message).replace('\n', ' '))).add("\n");
		this.errors.flush();
	}

}
