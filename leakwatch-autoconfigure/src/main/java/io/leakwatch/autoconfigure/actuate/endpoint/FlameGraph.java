package io.leakwatch.autoconfigure.actuate.endpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.leakwatch.core.profile.SampleType;
import io.leakwatch.core.profile.StackProfile;
import io.leakwatch.core.profile.StackSample;

/**
 * A profile as a flame graph, in one page without scripts, styles or anything else that
 * would have to be loaded or allowed: the outermost function on top, each as wide as what
 * it has with all that it has called, with the numbers in its tooltip. After Brendan
 * Gregg's flame graphs ("The Flame Graph", Communications of the ACM 59 (6), 2016).
 */
final class FlameGraph {

	private static final int WIDTH = 1400;

	private static final int ROW = 18;

	private static final int DEEPEST = 128;

	/** Pixels of a character, for names to be cut in time. */
	private static final double CHARACTER = 6.7;

	/** Narrower ones are not drawn. */
	private static final double LEAST_WIDTH = 0.5;

	private static final String[] COLOURS = { "#e8a05c", "#e6b35a", "#d98a52", "#e3c16a", "#cf9a5e", "#ddad74" };

	private final SampleType type;

	private final double total;

	private final StringBuilder boxes = new StringBuilder();

	private int deepest;

	private FlameGraph(SampleType type, long total) {
		this.type = type;
		this.total = Math.max(1, total);
	}

	/** The page. */
	static String of(StackProfile profile) {
		int type = profile.types().size() - 1;
		Frame root = new Frame("all");
		for (StackSample sample : profile.samples()) {
			root.add(sample, type);
		}
		FlameGraph graph = new FlameGraph(profile.types().get(type), root.value);
		graph.draw(root, 0, 0);
		return graph.page(profile, root);
	}

	private void draw(Frame frame, double x, int depth) {
		double width = WIDTH * frame.value / this.total;
		if (width < LEAST_WIDTH || depth > DEEPEST) {
			return;
		}
		this.deepest = Math.max(this.deepest, depth);
		int y = depth * ROW;
		String name = escape(frame.name);
		this.boxes.append(String.format(Locale.ROOT,
				"<g><title>%s: %s, %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" stroke=\"#fff\"/>",
				name, escape(inWords(frame.value)), 100 * frame.value / this.total, x, y, width, ROW - 1,
				COLOURS[Math.floorMod(frame.name.hashCode(), COLOURS.length)]));
		int room = (int) (width / CHARACTER) - 1;
		if (room > 2) {
			this.boxes.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>", x + 3, y + ROW - 5,
					escape(cut(frame.name, room))));
		}
		this.boxes.append("</g>\n");
		double next = x;
		for (Frame child : frame.largestFirst()) {
			draw(child, next, depth + 1);
			next += WIDTH * child.value / this.total;
		}
	}

	private String page(StackProfile profile, Frame root) {
		StringBuilder page = new StringBuilder(
				"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"UTF-8\"><title>LeakWatch: %s</title></head><body>\n"
					.formatted(escape(this.type.name())));
		page.append("<h1>%s: %s</h1>\n".formatted(escape(this.type.name()), escape(inWords(root.value))));
		profile.comments().forEach((comment) -> page.append("<p>").append(escape(comment)).append("</p>\n"));
		if (profile.samples().isEmpty()) {
			page.append("<p>There are no samples.</p>\n");
		}
		int height = (this.deepest + 1) * ROW;
		page.append(
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"monospace\" font-size=\"11\" role=\"img\" aria-label=\"flame graph\">\n"
					.formatted(WIDTH, height));
		return page.append(this.boxes).append("</svg>\n</body></html>\n").toString();
	}

	private String inWords(long value) {
		return this.type.unit().equals("bytes") ? Units.bytes(value) : Units.count(value);
	}

	/** The end of a name tells more than its package. */
	private static String cut(String name, int room) {
		return (name.length() <= room) ? name : "…" + name.substring(name.length() - room + 1);
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

	/** A function as it was called by the ones above. */
	private static final class Frame {

		private final String name;

		private final Map<String, Frame> called = new TreeMap<>();

		private long value;

		private Frame(String name) {
			this.name = name;
		}

		private void add(StackSample sample, int type) {
			long added = sample.values().get(type);
			Frame frame = this;
			frame.value += added;
			for (int i = sample.stack().size() - 1; i >= 0; i--) {
				frame = frame.called.computeIfAbsent(sample.stack().get(i).function(), Frame::new);
				frame.value += added;
			}
		}

		private List<Frame> largestFirst() {
			List<Frame> frames = new ArrayList<>(this.called.values());
			frames.sort(Comparator.comparingLong((Frame frame) -> frame.value).reversed());
			return frames;
		}

	}

}
