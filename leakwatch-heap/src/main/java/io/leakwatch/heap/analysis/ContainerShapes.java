package io.leakwatch.heap.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.leakwatch.heap.analysis.ContainerShape.Role;
import io.leakwatch.heap.graph.HeapClass;
import io.leakwatch.heap.graph.HeapGraph;
import io.leakwatch.heap.graph.InstanceField;
import io.leakwatch.heap.profile.Steps;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a heap whose objects are containers or inner parts of one. Immutable.
 */
final class ContainerShapes {

	/** Packages whose containers have arrays of classes of their own. */
	private static final List<String> OWN_ARRAYS = List.of("java.util.", "java.lang.ThreadLocal$", "com.google.common.",
			"org.springframework.util.");

	private static final String QUEUES_BY_INDEX = "org.jctools.queues.";

	private static final int NO_FIELD = -1;

	private final @Nullable ContainerShape[] shapes;

	/** Whether an array of the class may be where a container keeps its entries. */
	private final boolean[] tables;

	private final HeapGraph graph;

	private final FieldNames names;

	/** The classes of nodes, by name. */
	private final Map<String, HeapClass> nodes = new HashMap<>();

	ContainerShapes(HeapGraph graph, FieldNames names) throws IOException {
		this.graph = graph;
		this.names = names;
		List<HeapClass> classes = graph.classes().all();
		this.shapes = new @Nullable ContainerShape[classes.size()];
		this.tables = new boolean[classes.size()];
		Map<String, List<ContainerRule>> rules = new HashMap<>();
		Set<String> nodes = new HashSet<>();
		for (ContainerRule rule : ContainerRule.all()) {
			rules.computeIfAbsent(rule.className(), (name) -> new ArrayList<>()).add(rule);
			nodes.addAll(rule.nodes());
		}
		for (HeapClass each : classes) {
			if (nodes.contains(each.name())) {
				this.nodes.putIfAbsent(each.name(), each);
			}
		}
		for (HeapClass each : classes) {
			this.shapes[each.index()] = shape(each, rules);
			this.tables[each.index()] = isTable(each.name());
		}
	}

	private static boolean isTable(String className) {
		if (!className.startsWith("[L")) {
			return false;
		}
		String element = Steps.elementClass(className);
		return element.equals("java.lang.Object") || OWN_ARRAYS.stream().anyMatch(element::startsWith);
	}

	private @Nullable ContainerShape shape(HeapClass type, Map<String, List<ContainerRule>> rules) throws IOException {
		for (HeapClass each = type; each != null; each = each.superclass()) {
			for (ContainerRule rule : rules.getOrDefault(each.name(), List.of())) {
				List<InstanceField> fields = fields(type, each, rule.fields());
				if (fields.size() == rule.fields().size()) {
					return new ContainerShape(rule.role(), fields, 0, rule.slotsPerEntry(), nodeBytes(rule),
							ContainerRule.WRAPPED.contains(rule.className()), wrappedBy(rule));
				}
			}
			for (String library : ContainerRule.SIZED_LIBRARIES) {
				List<InstanceField> fields = each.name().startsWith(library) ? fields(type, each, List.of("size"))
						: List.of();
				if (!fields.isEmpty()) {
					return new ContainerShape(Role.SIZED, fields, 0, 1, 0, false, NO_FIELD);
				}
			}
		}
		return type.name().contains(QUEUES_BY_INDEX) ? queueByIndex(type) : null;
	}

	/** The fields that are there, each declared by a class or by one that it extends. */
	private List<InstanceField> fields(HeapClass type, HeapClass lowest, List<String> names) throws IOException {
		List<InstanceField> fields = new ArrayList<>();
		for (String name : names) {
			InstanceField found = null;
			for (HeapClass each = lowest; each != null && found == null; each = each.superclass()) {
				found = InstanceField.of(this.graph, type, each, name);
			}
			if (found != null) {
				fields.add(found);
			}
		}
		return fields;
	}

	/**
	 * The queues of JCTools, and so of Netty, tell only where they are read and written.
	 * Where the array is linked to a next one, the lowest bit of an index has another
	 * meaning.
	 */
	private @Nullable ContainerShape queueByIndex(HeapClass type) throws IOException {
		List<InstanceField> fields = fields(type, type, List.of("producerIndex", "consumerIndex"));
		if (fields.size() < 2) {
			return null;
		}
		boolean linked = false;
		for (HeapClass each = type; each != null; each = each.superclass()) {
			linked |= each.name().contains(".BaseMpscLinked");
		}
		return new ContainerShape(Role.SIZED, fields, linked ? 2 : 1, 1, 0, false, NO_FIELD);
	}

	private int wrappedBy(ContainerRule rule) {
		return (rule.role() == Role.WRAPPER) ? this.names.number(rule.className() + "." + rule.fields().get(0))
				: NO_FIELD;
	}

	private long nodeBytes(ContainerRule rule) {
		for (String name : rule.nodes()) {
			HeapClass node = this.nodes.get(name);
			if (node != null) {
				return node.instanceBytes();
			}
		}
		return 0;
	}

	@Nullable ContainerShape of(int classNumber) {
		return this.shapes[classNumber];
	}

	/** Whether a container may keep its entries in an array of a class. */
	boolean isTable(int arrayClass) {
		return this.tables[arrayClass];
	}

}
