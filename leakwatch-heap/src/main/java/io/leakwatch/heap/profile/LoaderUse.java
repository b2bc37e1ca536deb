package io.leakwatch.heap.profile;

/**
 * The class loaders of one name and class, and what they brought into the heap.
 *
 * @param name the name the loader was given, or that of its class where it has none
 * @param className the class of the loader
 * @param count how many such loaders there are
 * @param classCount the classes they defined
 * @param instanceCount the instances of those classes
 * @param shallowBytes the bytes of those instances
 * @param retainedBytes what would be freed if the loaders were gone, −1 where unknown
 * @param heldBy what keeps one of them alive, as {@link PathTree#holder} tells it; empty
 * where that is unknown
 */
public record LoaderUse(String name, String className, long count, long classCount, long instanceCount,
		long shallowBytes, long retainedBytes, String heldBy) {

	/**
	 * The same with another holder.
	 * @param holder what keeps one of them alive, empty where that is unknown
	 * @return the use
	 */
	public LoaderUse heldBy(String holder) {
		return new LoaderUse(this.name, this.className, this.count, this.classCount, this.instanceCount,
				this.shallowBytes, this.retainedBytes, holder);
	}

	LoaderUse plus(LoaderUse other) {
		return new LoaderUse(this.name, this.className, this.count + other.count, this.classCount + other.classCount,
				this.instanceCount + other.instanceCount, this.shallowBytes + other.shallowBytes,
				HeapProfile.sumOfKnown(this.retainedBytes, other.retainedBytes),
				this.heldBy.isEmpty() ? other.heldBy : this.heldBy);
	}

}
