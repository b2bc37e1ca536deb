package io.leakwatch.heap.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the tool in this JVM. */
final class Tool {

	private Tool() {
	}

	static Result run(Object... words) {
		String[] args = new String[words.length];
		for (int i = 0; i < args.length; i++) {
			args[i] = words[i].toString();
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int code = Main.run(args, stream(out), stream(err));
		return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

	/**
	 * What a run gave.
	 *
	 * @param code the exit code
	 * @param out what went to the standard output
	 * @param err what went to the standard error
	 */
	record Result(int code, String out, String err) {

		JsonNode json() {
			return JsonMapper.builder().build().readTree(this.out);
		}

	}

}
