package io.leakwatch.heap.cli;

import java.io.PrintStream;

/** How the tool tells how far it is. */
enum ProgressStyle {

	/** For a person at a terminal. */
	BAR {

		@Override
		Progress start(PrintStream err, String file) {
			return new ProgressBar(err, file);
		}

	},

	/** For a program. */
	LINES {

		@Override
		Progress start(PrintStream err, String file) {
			return new ProgressLines(err);
		}

	},

	NONE {

		@Override
		Progress start(PrintStream err, String file) {
			return new Progress() {

				@Override
				public void progress(String phase, double done) {
				}

				@Override
				public void end() {
				}

			};
		}

	};

	static ProgressStyle of(String name) throws UsageException {
		return switch (name) {
			case "bar" -> BAR;
			case "lines" -> LINES;
			case "none" -> NONE;
			default ->
				throw new UsageException(null, "--progress is bar, lines or none, not '" + Names.printable(name) + "'");
		};
	}

	/** Begins to tell of a file. */
	abstract Progress start(PrintStream err, String file);

}
