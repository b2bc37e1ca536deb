package io.leakwatch.core.profile;

import java.util.List;
import java.util.Set;

import io.leakwatch.core.suspect.ClassOrigin;
import io.leakwatch.heap.profile.StableName;
import io.leakwatch.heap.profile.Steps;
import org.jspecify.annotations.Nullable;

/**
 * How much a sample has to do with the classes that are asked for: 1 for an object of one
 * of them, or one that hangs below such an object; little for an object of the JDK, which
 * may or may not, as sampling goes by bytes and finds mostly the {@code byte[]} below; 0
 * for another application's class. Without classes, everything is relevant.
 */
final class Relevance {

	/** What is surely meant. */
	static final double DIRECT = 1;

	/** An array of the class grows with its objects, but others may hold it too. */
	private static final double ARRAY = 0.5;

	/** Of the JDK, from a place where nothing direct came from. */
	static final double POSSIBLE = 0.1;

	private final Set<String> classes;

	Relevance(Set<String> classes) {
		this.classes = classes;
	}

	double of(String className, List<CodeLine> stack, @Nullable RootChain chain) {
		String stable = StableName.ofClass(className);
		if (this.classes.isEmpty() || this.classes.contains(stable) || SiteFinder.constructs(stack, this.classes)
				|| (chain != null && passes(chain))) {
			return DIRECT;
		}
		if (this.classes.contains(Steps.elementClass(stable))) {
			return ARRAY;
		}
		return (ClassOrigin.of(className, List.of()) == ClassOrigin.JDK) ? POSSIBLE : 0;
	}

	/** What a static field has hangs below a field, and not below the class object. */
	private boolean passes(RootChain chain) {
		return chain.steps()
			.stream()
			.anyMatch(
					(step) -> step.namedClass() == null && this.classes.contains(StableName.ofClass(step.className())));
	}

}
