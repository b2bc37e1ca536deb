package io.leakwatch.core.profile;

import java.util.ArrayList;
import java.util.List;

/**
 * A chain as a path of {@link HolderStep steps} from its {@link ChainBeginning
 * beginning}, with a mark of each object passed: the path is the same in many chains, the
 * marks are only where the objects are. Slots of arrays are one step, and a step that is
 * gone again after itself or after one other, as in linked structures, is not repeated.
 */
final class FoldedChain {

	private final ChainBeginning beginning;

	private final List<HolderStep> steps = new ArrayList<>();

	private final List<Long> objects = new ArrayList<>();

	private FoldedChain(ChainBeginning beginning) {
		this.beginning = beginning;
	}

	static FoldedChain of(RootChain chain) {
		ChainBeginning beginning = ChainBeginning.of(chain);
		FoldedChain folded = new FoldedChain(beginning);
		long object = beginning.object().hashCode();
		folded.objects.add(object);
		List<ChainStep> steps = chain.steps();
		for (int i = beginning.index() + 1; i < steps.size(); i++) {
			ChainStep step = steps.get(i);
			object = next(object, step);
			folded.add(HolderStep.of(steps.get(i - 1), step), object);
		}
		return folded;
	}

	ChainBeginning beginning() {
		return this.beginning;
	}

	/** The steps below the beginning. */
	List<HolderStep> steps() {
		return this.steps;
	}

	/**
	 * The object that is passed.
	 * @param depth 0 for the beginning, then that of each step
	 */
	long object(int depth) {
		return this.objects.get(depth);
	}

	private void add(HolderStep step, long object) {
		int size = this.steps.size();
		for (int back = 1; back <= 2 && back <= size; back++) {
			if (this.steps.get(size - back).equals(step)) {
				this.steps.subList(size - back, size).clear();
				this.objects.subList(size - back + 1, size + 1).clear();
				break;
			}
		}
		this.steps.add(step);
		this.objects.add(object);
	}

	/** Objects that are reached by the same way from the same beginning are the same. */
	private static long next(long object, ChainStep step) {
		long way = 31L * (31L * String.valueOf(step.field()).hashCode() + step.slot()) + step.skipped();
		long mixed = (object ^ way) * 0x9E3779B97F4A7C15L;
		return mixed ^ (mixed >>> 29);
	}

}
