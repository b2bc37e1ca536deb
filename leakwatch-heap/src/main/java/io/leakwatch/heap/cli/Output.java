package io.leakwatch.heap.cli;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Where a report goes: characters become the bytes of a charset, and those that the
 * charset has not, what looks like them.
 */
final class Output {

	private static final int FLUSH_AT = 16 * 1_024;

	private final StringBuilder pending = new StringBuilder(FLUSH_AT + 1_024);

	private final PrintStream out;

	private final Charset charset;

	private final boolean coloured;

	private final boolean plain;

	Output(PrintStream out, Charset charset, boolean coloured) {
		this.out = out;
		this.charset = charset;
		this.coloured = coloured;
		this.plain = !charset.equals(StandardCharsets.UTF_8) && charset.canEncode()
				&& !charset.newEncoder().canEncode("…→×");
	}

	Output add(CharSequence text) {
		this.pending.append(text);
		if (this.pending.length() >= FLUSH_AT) {
			flush();
		}
		return this;
	}

	Output spaces(int count) {
		for (int i = 0; i < count; i++) {
			this.pending.append(' ');
		}
		return this;
	}

	/** A title or a header. */
	Output strong(String text) {
		return this.coloured ? add("\u001b[1m").add(text).add("\u001b[0m") : add(text);
	}

	/** What matters less. */
	Output faint(String text) {
		return this.coloured ? add("\u001b[2m").add(text).add("\u001b[0m") : add(text);
	}

	void flush() {
		// Half of a pair that was parted by the limit waits for the other.
		int end = this.pending.length();
		if (end > 0 && Character.isHighSurrogate(this.pending.charAt(end - 1))) {
			end--;
		}
		String text = this.pending.substring(0, end);
		this.pending.delete(0, end);
		byte[] bytes = (this.plain ? plain(text) : text).getBytes(this.charset);
		this.out.write(bytes, 0, bytes.length);
		this.out.flush();
	}

	private static String plain(String text) {
		return text.replace("→", "->").replace("…", "...").replace("×", "x");
	}

}
