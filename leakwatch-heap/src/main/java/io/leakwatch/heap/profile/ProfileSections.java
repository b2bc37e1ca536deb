package io.leakwatch.heap.profile;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a profile's file: sections of a tag, a length and that many bytes. The
 * names come first, once each, and are referred to by their place.
 */
final class ProfileSections {

	private static final int NAMES = 1;

	private static final int SUMMARY = 2;

	private static final int CLASSES = 3;

	private static final int PATHS = 4;

	private static final int LOADERS = 5;

	private static final int THREADS = 6;

	private static final int BEANS = 7;

	/** What keeps the class loaders alive, in their order. */
	private static final int LOADER_HOLDERS = 8;

	private List<String> names = List.of();

	private HeapProfileBuilder profile = new HeapProfileBuilder(Instant.EPOCH, HeapProfile.Kind.HISTOGRAM);

	private ProfileSections() {
	}

	static byte[] write(HeapProfile profile) {
		ProfileOutput body = new ProfileOutput();
		ProfileOutput rest = body.section();
		rest.append(SUMMARY, summary(profile, body.section()));
		rest.append(CLASSES, classes(profile.classes(), body.section()));
		rest.append(PATHS, paths(profile.paths(), body.section()));
		rest.append(LOADERS, loaders(profile.loaders(), body.section()));
		rest.append(THREADS, threads(profile.threads(), body.section()));
		rest.append(BEANS, beans(profile.beans(), body.section()));
		rest.append(LOADER_HOLDERS, loaderHolders(profile.loaders(), body.section()));
		ProfileOutput names = body.section();
		names.number(body.names().size());
		body.names().forEach(names::text);
		body.append(NAMES, names);
		body.append(rest);
		return body.toByteArray();
	}

	private static ProfileOutput summary(HeapProfile profile, ProfileOutput out) {
		Instant takenAt = profile.takenAt();
		out.signed(takenAt.getEpochSecond());
		out.number(takenAt.getNano());
		out.number((profile.kind() == HeapProfile.Kind.HEAP_DUMP) ? 1 : 0);
		out.text(profile.title());
		out.signed(profile.totalCount());
		out.signed(profile.totalShallowBytes());
		out.signed(profile.unreachableCount());
		out.signed(profile.unreachableBytes());
		return out;
	}

	private static ProfileOutput classes(List<ClassCount> classes, ProfileOutput out) {
		out.number(classes.size());
		for (ClassCount each : classes) {
			out.name(each.className());
			out.signed(each.count());
			out.signed(each.shallowBytes());
			out.signed(each.retainedBytes());
		}
		return out;
	}

	private static ProfileOutput paths(PathTree tree, ProfileOutput out) {
		out.number(tree.size() - 1);
		for (int node = 1; node < tree.size(); node++) {
			out.number(tree.parent(node));
			out.name(tree.field(node));
			out.name(tree.className(node));
			out.signed(tree.count(node));
			out.signed(tree.shallowBytes(node));
			out.signed(tree.heldBytes(node));
			out.signed(tree.retainedBytes(node));
		}
		out.signed(tree.mostLeftOutBytes());
		return out;
	}

	private static ProfileOutput loaders(List<LoaderUse> loaders, ProfileOutput out) {
		out.number(loaders.size());
		for (LoaderUse each : loaders) {
			out.name(each.name());
			out.name(each.className());
			out.signed(each.count());
			out.signed(each.classCount());
			out.signed(each.instanceCount());
			out.signed(each.shallowBytes());
			out.signed(each.retainedBytes());
		}
		return out;
	}

	private static ProfileOutput threads(List<ThreadUse> threads, ProfileOutput out) {
		out.number(threads.size());
		for (ThreadUse each : threads) {
			out.name(each.group());
			out.signed(each.count());
			out.signed(each.retainedBytes());
		}
		return out;
	}

	private static ProfileOutput beans(List<BeanUse> beans, ProfileOutput out) {
		out.number(beans.size());
		for (BeanUse each : beans) {
			out.name(each.name());
			out.name(each.className());
			out.name(each.context());
			out.number((each.scope() == BeanUse.Scope.SCOPED) ? 1 : 0);
			out.signed(each.count());
			out.signed(each.heldBytes());
			out.signed(each.retainedBytes());
			out.signed(each.sharedBytes());
		}
		return out;
	}

	private static ProfileOutput loaderHolders(List<LoaderUse> loaders, ProfileOutput out) {
		out.number(loaders.size());
		for (LoaderUse each : loaders) {
			String[] steps = each.heldBy().isEmpty() ? new String[0] : each.heldBy().split(PathWords.ARROW, -1);
			out.number(steps.length);
			for (String step : steps) {
				out.name(step);
			}
		}
		return out;
	}

	static HeapProfile read(ProfileInput body) throws ProfileFormatException {
		ProfileSections sections = new ProfileSections();
		boolean summary = false;
		while (!body.isAtEnd()) {
			long tag = body.number();
			ProfileInput section = body.slice(body.count("bytes of a section", 1));
			if (tag == NAMES) {
				sections.readNames(section);
			}
			else if (tag == SUMMARY && !summary) {
				// What is known of the heap as a whole; the rows of it come after.
				sections.readSummary(section);
				summary = true;
			}
			else if (tag == CLASSES) {
				sections.readClasses(section);
			}
			else if (tag == PATHS) {
				sections.readPaths(section);
			}
			else if (tag == LOADERS) {
				sections.readLoaders(section);
			}
			else if (tag == THREADS) {
				sections.readThreads(section);
			}
			else if (tag == BEANS) {
				sections.readBeans(section);
			}
			else if (tag == LOADER_HOLDERS) {
				sections.readLoaderHolders(section);
			}
		}
		if (!summary) {
			throw body.wrong("a summary", "the end of the body");
		}
		return sections.profile.build();
	}

	private void readNames(ProfileInput in) throws ProfileFormatException {
		int count = in.count("names", 1);
		this.names = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			this.names.add(in.text());
		}
	}

	private void readSummary(ProfileInput in) throws ProfileFormatException {
		Instant takenAt = instant(in);
		long kind = in.number();
		if (kind > 1) {
			throw in.wrong("a kind of 0 or 1", String.valueOf(kind));
		}
		this.profile = new HeapProfileBuilder(takenAt,
				(kind == 1) ? HeapProfile.Kind.HEAP_DUMP : HeapProfile.Kind.HISTOGRAM);
		this.profile.title = in.text();
		this.profile.totalCount = in.signed();
		this.profile.totalShallowBytes = in.signed();
		this.profile.unreachableCount = in.signed();
		this.profile.unreachableBytes = in.signed();
	}

	private static Instant instant(ProfileInput in) throws ProfileFormatException {
		long seconds = in.signed();
		long nanos = in.number();
		try {
			return Instant.ofEpochSecond(seconds, nanos);
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw in.wrong("a moment", seconds + " seconds and " + nanos + " ns");
		}
	}

	private void readClasses(ProfileInput in) throws ProfileFormatException {
		int count = in.count("classes", 4);
		List<ClassCount> classes = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			classes.add(new ClassCount(name(in), in.signed(), in.signed(), in.signed()));
		}
		this.profile.classes = classes;
	}

	private void readPaths(ProfileInput in) throws ProfileFormatException {
		int count = in.count("paths", 7);
		PathTree.Builder tree = PathTree.builder();
		for (int node = 1; node <= count; node++) {
			long parent = in.number();
			if (parent >= node) {
				throw in.wrong("a node below " + node + " as parent", String.valueOf(parent));
			}
			tree.add((int) parent, name(in), name(in), in.signed(), in.signed(), in.signed(), in.signed());
		}
		if (!in.isAtEnd()) {
			tree.mostLeftOutBytes(in.signed());
		}
		this.profile.paths = tree.build();
	}

	private void readLoaders(ProfileInput in) throws ProfileFormatException {
		int count = in.count("class loaders", 7);
		List<LoaderUse> loaders = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			loaders.add(new LoaderUse(name(in), name(in), in.signed(), in.signed(), in.signed(), in.signed(),
					in.signed(), ""));
		}
		this.profile.loaders = List.copyOf(loaders);
	}

	private void readThreads(ProfileInput in) throws ProfileFormatException {
		int count = in.count("threads", 3);
		List<ThreadUse> threads = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			threads.add(new ThreadUse(name(in), in.signed(), in.signed()));
		}
		this.profile.threads = List.copyOf(threads);
	}

	private void readBeans(ProfileInput in) throws ProfileFormatException {
		int count = in.count("beans", 8);
		List<BeanUse> beans = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			String name = name(in);
			String className = name(in);
			String context = name(in);
			BeanUse.Scope scope = (in.number() == 1) ? BeanUse.Scope.SCOPED : BeanUse.Scope.SINGLETON;
			beans.add(new BeanUse(name, className, context, scope, in.signed(), in.signed(), in.signed(), in.signed()));
		}
		this.profile.beans = List.copyOf(beans);
	}

	private void readLoaderHolders(ProfileInput in) throws ProfileFormatException {
		int count = in.count("holders of class loaders", 1);
		List<LoaderUse> loaders = new ArrayList<>(this.profile.loaders);
		for (int i = 0; i < count; i++) {
			List<String> steps = new ArrayList<>();
			for (int rest = in.count("steps", 1); rest > 0; rest--) {
				steps.add(name(in));
			}
			if (i < loaders.size()) {
				loaders.set(i, loaders.get(i).heldBy(String.join(PathWords.ARROW, steps)));
			}
		}
		this.profile.loaders = List.copyOf(loaders);
	}

	private String name(ProfileInput in) throws ProfileFormatException {
		long place = in.number();
		if (place >= this.names.size()) {
			throw in.wrong("a name below " + this.names.size(), String.valueOf(place));
		}
		return this.names.get((int) place);
	}

}
