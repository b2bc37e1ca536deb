package io.leakwatch.core.profile;

import java.util.List;
import java.util.stream.Collectors;

import io.leakwatch.core.signal.ThreadCensus;
import io.leakwatch.heap.profile.StableName;
import org.jspecify.annotations.Nullable;

/**
 * What a person can look up in a chain, from where it is told: the last bean, static
 * field or thread in it, else its root.
 *
 * @param words such as {@code static com.acme.Bus.LISTENERS (java.util.ArrayList)} or
 * {@code thread group 'pool-#-thread-#'}
 * @param beanClass the class of the bean, {@code null} where it is none
 * @param object tells it from others of the same words, such as the threads of a group
 * @param index where the object is in the chain
 */
record ChainBeginning(String words, @Nullable String beanClass, String object, int index) {

	static final String VIRTUAL_THREADS = "virtual threads";

	/** The field of Spring's bean factory that has its singletons by name. */
	private static final String SINGLETONS = "singletonObjects";

	private static final String STACK = "Stack Variable";

	static ChainBeginning of(RootChain chain) {
		List<ChainStep> steps = chain.steps();
		for (int i = steps.size() - 1; i >= 0; i--) {
			ChainStep step = steps.get(i);
			boolean last = i == steps.size() - 1;
			String holdingClass = (i > 0 && step.isStatic()) ? steps.get(i - 1).namedClass() : null;
			if (holdingClass != null) {
				String field = "static %s.%s".formatted(StableName.ofClass(holdingClass), step.field());
				return new ChainBeginning(withClass(field, step), null, field, i);
			}
			String thread = step.threadName();
			if (thread != null && !last && (i == 0 || isStarted(step, steps.get(i + 1)))) {
				boolean nameless = thread.isBlank() && isVirtual(step);
				return new ChainBeginning(
						nameless ? VIRTUAL_THREADS : "thread group '" + ThreadCensus.normalise(thread) + "'", null,
						nameless ? way(steps, i) : thread, i);
			}
			if (SINGLETONS.equals(step.field())) {
				int bean = i;
				while (bean < steps.size() - 1 && HolderStep.isContainer(owner(steps, bean + 1))) {
					bean++;
				}
				String beanClass = StableName.ofClass(steps.get(bean).className());
				return new ChainBeginning("bean of class " + beanClass, beanClass, beanClass, bean);
			}
		}
		return ofRoot(chain, steps.get(0));
	}

	private static String owner(List<ChainStep> steps, int index) {
		return steps.get(index - 1).className();
	}

	private static ChainBeginning ofRoot(RootChain chain, ChainStep first) {
		String thread = chain.rootThread();
		String words;
		if (chain.rootKind().contains(STACK)) {
			words = (thread != null) ? "local of thread group '" + ThreadCensus.normalise(thread) + "'"
					: "local variable";
		}
		else if (first.className().endsWith("ClassLoader")) {
			words = "class loader '" + first.className().substring(first.className().lastIndexOf('.') + 1) + "'";
		}
		else {
			words = chain.rootKind().contains("JNI") ? "JNI global" : "JVM root";
		}
		return new ChainBeginning(withClass(words, first), null, words, 0);
	}

	/** A thread that was never started is an object like others. */
	private static boolean isStarted(ChainStep thread, ChainStep next) {
		return isVirtual(thread) || HolderStep.isThreadLocals(next.field());
	}

	private static boolean isVirtual(ChainStep thread) {
		return thread.className().contains("VirtualThread");
	}

	/** Objects that are reached by the same way are the same. */
	private static String way(List<ChainStep> steps, int index) {
		return steps.subList(0, index + 1)
			.stream()
			.map((step) -> step.field() + "," + step.slot() + "," + step.skipped())
			.collect(Collectors.joining(";"));
	}

	private static String withClass(String words, ChainStep step) {
		return "%s (%s)".formatted(words, StableName.ofClass(step.className()));
	}

}
