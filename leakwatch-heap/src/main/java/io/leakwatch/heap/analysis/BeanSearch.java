package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.ReferenceRows;
import io.leakwatch.heap.profile.BeanUse;
import io.leakwatch.heap.profile.Steps;

/**
 * Looks for the beans in bean factories: the singletons, the products of factory beans,
 * which go by the same name, and the scoped beans.
 */
final class BeanSearch {

	/** More are not told apart. */
	private static final int MOST_BEANS = 20_000;

	/** What tells contexts apart that have no name of their own, in this JVM alone. */
	private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]+$");

	private final HeapGraph graph;

	private final DepthFirstTree tree;

	private final BeanNames names;

	private final boolean[] barriers;

	private final InnerObjects objects;

	private final BeanProxies proxies;

	/** The bean that an object is, the first that claims it. */
	private final Map<Integer, Draft> owners = new HashMap<>();

	BeanSearch(HeapGraph graph, FieldNames fields, DepthFirstTree tree, BeanNames names, boolean[] barriers) {
		this.graph = graph;
		this.tree = tree;
		this.names = names;
		this.barriers = barriers;
		this.objects = new InnerObjects(graph, fields);
		this.proxies = new BeanProxies(graph, this.objects);
	}

	List<SpringBean> run(List<Integer> factories) throws IOException {
		List<Draft> drafts = singletons(parentsFirst(factories));
		nameContexts(drafts);
		for (Draft each : drafts) {
			each.values.forEach((value) -> claim(value, each));
		}
		for (Draft each : drafts) {
			for (int value : List.copyOf(each.values)) {
				behind(value).forEach((object) -> claim(object, each));
			}
		}
		ScopedBeans scoped = new ScopedBeans(this.graph, this.tree, this.names, this.objects);
		List<Integer> singletons = drafts.stream().flatMap((draft) -> draft.values.stream()).toList();
		Map<String, Draft> scopes = new TreeMap<>();
		for (ScopedBeans.Found each : scoped.find(singletons)) {
			Draft draft = scopes.computeIfAbsent(each.name(), (name) -> new Draft(name, -1, BeanUse.Scope.SCOPED));
			draft.values.add(each.object());
			for (int object : behind(each.object())) {
				claim(object, draft);
			}
		}
		drafts.addAll(scopes.values());
		return beans(drafts);
	}

	private List<Integer> parentsFirst(List<Integer> factories) throws IOException {
		Map<Integer, Boolean> children = new HashMap<>();
		for (int each : factories) {
			children.put(each, this.objects.follow(each, "parentBeanFactory") >= 0);
		}
		return factories.stream().sorted(Comparator.comparing(children::get)).toList();
	}

	private List<Draft> singletons(List<Integer> factories) throws IOException {
		Map<Integer, Set<Integer>> singletons = new LinkedHashMap<>();
		Map<Integer, Set<Integer>> products = new HashMap<>();
		List<Integer> nodes = new ArrayList<>();
		for (int each : factories) {
			singletons.put(each, nodes(each, "singletonObjects"));
			products.put(each, nodes(each, "factoryBeanObjectCache"));
			nodes.addAll(singletons.getOrDefault(each, Set.of()));
			nodes.addAll(products.getOrDefault(each, Set.of()));
		}
		Map<Integer, BeanNames.Entry> entries = this.names.entries(nodes);
		List<Draft> drafts = new ArrayList<>();
		for (int factory : factories) {
			Map<String, Draft> byName = new TreeMap<>();
			// A product comes before what made it: the bean is told by its class.
			for (Set<Integer> each : List.of(products.getOrDefault(factory, Set.of()),
					singletons.getOrDefault(factory, Set.of()))) {
				for (int node : each) {
					BeanNames.Entry entry = entries.get(node);
					if (entry != null) {
						byName.computeIfAbsent(entry.key(),
								(name) -> new Draft(name, factory, BeanUse.Scope.SINGLETON)).values
							.add(entry.value());
					}
				}
			}
			drafts.addAll(byName.values());
		}
		return new ArrayList<>(drafts.subList(0, Math.min(drafts.size(), MOST_BEANS)));
	}

	private Set<Integer> nodes(int factory, String field) throws IOException {
		int map = this.objects.follow(factory, field);
		return (map >= 0) ? this.objects.nodes(map) : Set.of();
	}

	/** Tells the context of beans that share their name with another one. */
	private void nameContexts(List<Draft> drafts) throws IOException {
		Map<String, Integer> objectByName = new HashMap<>();
		Set<String> ambiguous = new HashSet<>();
		for (Draft each : drafts) {
			Integer other = objectByName.putIfAbsent(each.name, each.values.get(0));
			if (other != null && !other.equals(each.values.get(0))) {
				ambiguous.add(each.name);
			}
		}
		if (ambiguous.isEmpty()) {
			return;
		}
		Set<Integer> factories = new HashSet<>();
		drafts.forEach((each) -> factories.add(each.factory));
		Map<Integer, BeanNames.Text> ids = this.names.texts(factories, "serializationId");
		for (Draft each : drafts) {
			BeanNames.Text id = ids.get(each.factory);
			if (id != null && ambiguous.contains(each.name)) {
				each.context = IDENTITY.matcher(id.text()).replaceFirst("");
			}
		}
	}

	private void claim(int object, Draft draft) {
		if (object < this.graph.innerCount() && this.owners.putIfAbsent(object, draft) == null) {
			draft.own.add(object);
		}
	}

	private List<Integer> behind(int value) throws IOException {
		return (value < this.graph.innerCount()) ? this.proxies.behind(value) : List.of();
	}

	private List<SpringBean> beans(List<Draft> drafts) throws IOException {
		Set<Integer> ofTheJdk = heldByTheJdk();
		Map<Integer, String> leaves = this.names.classNames(drafts.stream()
			.map((each) -> each.values.get(0))
			.filter((value) -> value >= this.graph.innerCount())
			.toList());
		Map<String, List<Draft>> byLabel = new LinkedHashMap<>();
		for (Draft each : drafts) {
			// One that owns nothing is another name for what is told already, or a leaf.
			if (!each.own.isEmpty() || each.values.get(0) >= this.graph.innerCount()) {
				byLabel.computeIfAbsent(each.label(), (label) -> new ArrayList<>()).add(each);
			}
		}
		List<SpringBean> beans = new ArrayList<>();
		for (List<Draft> same : byLabel.values()) {
			Draft first = same.get(0);
			List<Integer> own = same.stream().flatMap((each) -> each.own.stream()).toList();
			boolean isRoot = first.scope == BeanUse.Scope.SINGLETON && own.stream()
				.noneMatch((object) -> ofTheJdk.contains(object) || this.barriers[this.graph.classNumber(object)]);
			beans.add(new SpringBean(first.name, first.context, first.scope, className(first, leaves), own,
					same.stream().mapToLong(Draft::count).sum(), isRoot));
		}
		return beans;
	}

	private String className(Draft bean, Map<Integer, String> leaves) throws IOException {
		int value = bean.values.get(0);
		List<Integer> behind = behind(value);
		return behind.isEmpty() ? leaves.getOrDefault(value, "")
				: this.proxies.className(behind.get(behind.size() - 1));
	}

	/**
	 * Beans of the JDK's classes that a static field of the JDK holds as well, as the
	 * system's properties: what is in them belongs to the JVM, and the field tells it
	 * better.
	 */
	private Set<Integer> heldByTheJdk() {
		Set<Integer> held = new HashSet<>();
		ReferenceRows rows = this.graph.rows();
		for (HeapClass each : this.graph.classes().all()) {
			int mirror = SpringBeans.isOfTheJdk(each) ? this.graph.find(each.id()) : -1;
			int start = (mirror >= 0 && mirror < this.graph.innerCount()) ? rows.start(mirror) : 0;
			for (int place = start; place != 0; place = rows.next(place)) {
				int target = rows.target(place);
				if (rows.slot(place) < HeapClass.TO_PART && this.owners.containsKey(target)
						&& Steps.isJdk(this.graph.classOf(target).name())) {
					held.add(target);
				}
			}
		}
		return held;
	}

	/** A bean while it is looked for. */
	private static final class Draft {

		private final String name;

		private final int factory;

		private final BeanUse.Scope scope;

		/** What the factory has by the name, the one that tells the class first. */
		private final List<Integer> values = new ArrayList<>();

		/** The objects that are the bean and no other one. */
		private final List<Integer> own = new ArrayList<>();

		private String context = "";

		Draft(String name, int factory, BeanUse.Scope scope) {
			this.name = name;
			this.factory = factory;
			this.scope = scope;
		}

		String label() {
			return BeanUse.label(this.scope, this.name, this.context);
		}

		long count() {
			return (this.scope == BeanUse.Scope.SCOPED) ? this.values.size() : 1;
		}

	}

}
