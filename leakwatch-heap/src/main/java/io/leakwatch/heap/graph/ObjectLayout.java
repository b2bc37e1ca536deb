package io.leakwatch.heap.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The sizes of objects as they were in the virtual machine.
 *
 * <p>
 * A heap dump does not hold them: it has the values of the fields, references widened to
 * eight bytes, and neither headers nor padding. The sizes follow from how HotSpot lays
 * out objects, which depends on its release and options. Those are {@linkplain #infer
 * inferred} from the dump alone: of all combinations that exist, the one is taken whose
 * sizes most often reach just to the next object in memory, and hardly ever beyond it.
 *
 * <p>
 * Known limits: padding of classes outside the JDK ({@code -XX:-RestrictContended}) and
 * unusual options of field layout are seen only where objects of the class lie densely. A
 * layout does not change, and may be used by several threads.
 */
public final class ObjectLayout {

	private static final int NEWEST_KNOWN_RELEASE = 25;

	/** One of each group of releases that lay out objects alike, the newest first. */
	private static final int[] RELEASES = { 25, 21, 17, 11, 8 };

	private static final Pattern RELEASE = Pattern.compile("(?:1\\.)?(\\d{1,3})(?:\\D.*)?");

	private final VmParameters vm;

	private final FieldPacking packing;

	private final Map<ClassShape, Long> observed = new HashMap<>();

	private final boolean declared;

	private ObjectLayout(VmParameters vm, boolean declared) {
		this.vm = vm;
		this.packing = vm.packing();
		this.declared = declared;
	}

	/**
	 * Finds the layout that explains where the objects of a dump lie.
	 * @param idBytes size of an object's id in the dump, 4 for a 32-bit VM
	 * @param evidence distances between neighbours; with none, the default of a 64-bit VM
	 * below 32 GB is taken
	 * @param javaVersion version of the JDK as in the system property
	 * {@code java.version}, or {@code null} where the dump does not tell it
	 * @return the layout that fits best; {@linkplain #declared as declared} if none does
	 */
	public static ObjectLayout infer(int idBytes, LayoutEvidence evidence, @Nullable String javaVersion) {
		int release = release(javaVersion);
		ObjectLayout best = null;
		LayoutEvidence.Fit bestFit = null;
		for (VmParameters vm : candidates(idBytes, release, evidence.alignmentBytes())) {
			ObjectLayout candidate = new ObjectLayout(vm, false);
			LayoutEvidence.Fit fit = evidence.fit(candidate);
			if (bestFit == null || fit.score() > bestFit.score()) {
				best = candidate;
				bestFit = fit;
			}
		}
		if (best == null || bestFit == null || bestFit.isContradiction()) {
			return declared(idBytes);
		}
		best.correct(evidence, bestFit.isDense());
		return best;
	}

	/**
	 * Returns a layout that takes the sizes as the dump declares them, without headers
	 * and padding: for dumps of virtual machines other than HotSpot.
	 * @param idBytes size of an object's id in the dump
	 * @return the layout
	 */
	public static ObjectLayout declared(int idBytes) {
		return new ObjectLayout(new VmParameters(NEWEST_KNOWN_RELEASE, idBytes, idBytes, 8, 8), true);
	}

	private static List<VmParameters> candidates(int idBytes, int knownRelease, int alignmentBytes) {
		List<VmParameters> candidates = new ArrayList<>();
		for (int release : (knownRelease > 0) ? new int[] { knownRelease } : RELEASES) {
			if (idBytes == 4) {
				candidates.add(new VmParameters(release, 4, 4, 8, alignmentBytes));
				continue;
			}
			candidates.add(new VmParameters(release, 8, 4, 12, alignmentBytes));
			candidates.add(new VmParameters(release, 8, 8, 16, alignmentBytes));
			candidates.add(new VmParameters(release, 8, 4, 16, alignmentBytes));
			if (release >= VmParameters.FIELDS_FILL_GAPS_SINCE) {
				candidates.add(new VmParameters(release, 8, 8, 12, alignmentBytes));
			}
			if (release >= VmParameters.COMPACT_HEADERS_SINCE) {
				candidates.add(new VmParameters(release, 8, 4, 8, alignmentBytes));
				candidates.add(new VmParameters(release, 8, 8, 8, alignmentBytes));
			}
		}
		return candidates;
	}

	private static int release(@Nullable String javaVersion) {
		Matcher matcher = RELEASE.matcher((javaVersion != null) ? javaVersion : "");
		return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
	}

	/**
	 * Where the neighbours say otherwise, they are right: an object cannot be larger than
	 * the gap, and where all objects lie side by side, a gap that is the same for all of
	 * a class belongs to them.
	 */
	private void correct(LayoutEvidence evidence, boolean dense) {
		Map<ClassShape, Long> corrections = new HashMap<>();
		evidence.instances().forEach((shape, gap) -> {
			long bytes = instanceBytes(shape);
			if (bytes > gap.smallest() || (dense && bytes < gap.smallest() && gap.isNearlyAlwaysSmallest())) {
				corrections.put(shape, gap.smallest());
			}
		});
		this.observed.putAll(corrections);
	}

	/**
	 * Returns the size of an object that is neither an array nor the {@code Class} of a
	 * class with static fields. Costs a walk over the class and its super classes: keep
	 * the result for each class.
	 * @param shape the object's class
	 * @return the shallow size in bytes
	 */
	public long instanceBytes(ClassShape shape) {
		Long observedBytes = this.observed.get(shape);
		if (observedBytes != null) {
			return observedBytes;
		}
		if (this.declared) {
			long bytes = 0;
			for (ClassShape next : FieldPacking.fromTheTop(shape)) {
				bytes += next.fields().packedBytes(this.vm.referenceBytes());
			}
			return bytes;
		}
		return this.packing.instanceBytes(shape);
	}

	/**
	 * Returns the size of an array.
	 * @param elementType HPROF basic type of the elements, 2 for references
	 * @param length how many elements the array has
	 * @return the shallow size in bytes
	 */
	public long arrayBytes(int elementType, long length) {
		long elementsBytes = length * FieldCounts.elementBytes(elementType, this.vm.referenceBytes());
		return this.declared ? elementsBytes : this.vm.objectBytes(this.vm.arrayBase(elementType) + elementsBytes);
	}

	/**
	 * Returns the size of the {@code java.lang.Class} object of a class, which holds the
	 * static fields of that class.
	 * @param classShape the shape of {@code java.lang.Class} itself
	 * @param mirrored the class that the object stands for
	 * @return the shallow size in bytes
	 */
	public long classMirrorBytes(ClassShape classShape, ClassShape mirrored) {
		long bytes = instanceBytes(classShape);
		if (this.declared) {
			return bytes + mirrored.statics().packedBytes(this.vm.referenceBytes());
		}
		return this.vm.objectBytes(this.packing.staticsEnd(mirrored.statics(), bytes));
	}

	/**
	 * Returns the size of a part of the stack of a virtual thread that is not mounted.
	 * The frames follow the fields, and then a bit for each place in the frames that may
	 * hold a reference.
	 * @param shape the shape of {@code jdk.internal.vm.StackChunk}
	 * @param stackWords the value of its field {@code size}
	 * @return the shallow size in bytes
	 */
	public long stackChunkBytes(ClassShape shape, int stackWords) {
		long bits = (long) stackWords * this.vm.wordBytes() / this.vm.referenceBytes();
		long bitmapBytes = VmParameters.align(bits, this.vm.wordBytes() * 8) / 8;
		return this.vm.objectBytes(instanceBytes(shape) + (long) stackWords * this.vm.wordBytes() + bitmapBytes);
	}

	/**
	 * Returns what was found, for a person.
	 * @return for instance "compressed references and class pointers, 8-byte alignment,
	 * fields as since JDK 15"
	 */
	public String describe() {
		if (this.declared) {
			return "sizes as the dump declares them";
		}
		int corrections = this.observed.size();
		return this.vm.describe() + ((corrections > 0) ? ", " + corrections + " classes as their neighbours show" : "");
	}

	@Override
	public String toString() {
		return describe();
	}

}
