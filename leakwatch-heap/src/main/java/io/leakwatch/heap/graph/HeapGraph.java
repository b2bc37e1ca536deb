package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.HprofFile;
import io.leakwatch.heap.hprof.HprofFile.Dump;
import io.leakwatch.heap.hprof.HprofFile.Segment;
import io.leakwatch.heap.hprof.RecordCursor;
import io.leakwatch.heap.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a heap dump and what they refer to.
 *
 * <p>
 * Objects have numbers without gaps: the <em>inner</em> ones, which may refer to others,
 * from 0 to {@link #innerCount()}; the <em>leaves</em>, which cannot (primitive arrays,
 * boxed values, and strings, whose one reference is to such an array), from there to
 * {@link #objectCount()}. Of half the objects, then, nothing but one referrer has to be
 * kept. Weak, soft, final and phantom references are left out of what an object refers
 * to, unless they are asked for.
 *
 * <p>
 * Built by two scans of the dump. It lives as long as the {@link Memory} it was built in,
 * and is safe for several threads.
 */
public final class HeapGraph {

	/** Objects lie at multiples of 8 bytes, but for the dumps of other machines. */
	private static final int USUAL_SHIFT = 3;

	private final HprofFile file;

	private final Dump dump;

	private final ScanTasks scans;

	private final ClassTable classes;

	/** The same, for quick access by number. */
	private final HeapClass[] classArray;

	private final ObjectLayout layout;

	private final ObjectSizes sizes;

	private final ObjectIndex index;

	private final ReferenceRows rows;

	private final LeafHolders leaves;

	private final ClassNumbers classOf;

	private final List<GcRoot> roots = new ArrayList<>();

	private final List<String> damage;

	/** What each thread found in the scan of references. */
	private final List<ReferenceScan> found = new ArrayList<>();

	private HeapGraph(HprofFile file, Dump dump, Memory memory, Work work, Set<ReferenceKind> followed)
			throws IOException {
		this.file = file;
		this.dump = dump;
		this.damage = new ArrayList<>(file.damage());
		this.scans = new ScanTasks(file, dump.segments());
		List<ClassRecord> records = FirstClasses.read(file, dump);
		ClassTable table = new ClassTable(file, records, followed);
		ObjectIndex built = null;
		int shift = USUAL_SHIFT;
		List<IndexScan> indexed = new ArrayList<>();
		while (built == null) {
			ClassTable known = table;
			ObjectIndex.Builder builder = new ObjectIndex.Builder(memory, shift);
			indexed.clear();
			boolean whole = this.scans.run(work, "objects", indexed, () -> new IndexScan(known, builder.adder()));
			boolean misaligned = indexed.stream().anyMatch(IndexScan::misaligned);
			int before = records.size();
			indexed.forEach((scan) -> records.addAll(scan.lateClasses()));
			if (misaligned || records.size() > before) {
				shift = misaligned ? 0 : shift;
				table = (records.size() > before) ? new ClassTable(file, records, followed) : table;
				builder.free();
			}
			else {
				built = builder.build();
				if (!whole) {
					this.damage.add("the last heap dump record is not whole and was left out");
				}
			}
		}
		this.classes = table;
		this.classArray = table.all().toArray(new HeapClass[0]);
		this.index = built;
		this.layout = LayoutScan.infer(file, dump.segments(), table, javaVersion(), built::following);
		table.measure(this.layout);
		this.sizes = new ObjectSizes(this.layout, table, file);
		readRoots(indexed);
		this.rows = new ReferenceRows(memory, built.innerCount());
		this.leaves = new LeafHolders(memory, built.size() - built.innerCount());
		this.classOf = new ClassNumbers(memory, built.innerCount(), table.size());
		readReferences(memory, work);
	}

	/**
	 * Reads the graph of a heap dump, by two scans of it.
	 * @param file the file
	 * @param dump which of its dumps
	 * @param memory where the graph is kept: some 12 bytes an object
	 * @param work the threads, the cancel signal, who is told
	 * @return the graph
	 * @throws IOException where the file cannot be read;
	 * {@link io.leakwatch.heap.hprof.HprofFormatException} where it is damaged
	 */
	public static HeapGraph read(HprofFile file, Dump dump, Memory memory, Work work) throws IOException {
		return read(file, dump, memory, work, Set.of());
	}

	/**
	 * Reads the graph of a heap dump with some of the references that are left out
	 * otherwise.
	 * @param file the file
	 * @param dump which of its dumps
	 * @param memory where the graph is kept: some 12 bytes an object
	 * @param work the threads, the cancel signal, who is told
	 * @param followed the kinds of reference objects that refer to their referent as
	 * other objects do to theirs
	 * @return the graph
	 * @throws IOException where the file cannot be read;
	 * {@link io.leakwatch.heap.hprof.HprofFormatException} where it is damaged
	 */
	public static HeapGraph read(HprofFile file, Dump dump, Memory memory, Work work, Set<ReferenceKind> followed)
			throws IOException {
		return new HeapGraph(file, dump, memory, work, followed);
	}

	long shallowBytes(HeapClass type, RecordCursor record) throws IOException {
		return this.sizes.shallowBytes(type, record);
	}

	/** The version of the JDK, which the JDK has in a static field since release 7. */
	private @Nullable String javaVersion() throws IOException {
		for (HeapClass each : this.classArray) {
			if (each.name().equals("java.lang.VersionProps")) {
				long text = each.staticReference("java_version", this.file);
				return (text != 0) ? new ObjectReader(this, this.index).text(text) : null;
			}
		}
		return null;
	}

	private void readRoots(List<IndexScan> scans) {
		for (IndexScan scan : scans) {
			for (IndexScan.RootRecord root : scan.roots()) {
				int object = this.index.find(root.id());
				if (object >= 0 && root.tag() != RecordCursor.UNREACHABLE) {
					this.roots.add(
							new GcRoot(object, GcRoot.Kind.ofTag(root.tag()), root.threadSerial(), root.frameNumber()));
				}
			}
		}
	}

	private void readReferences(Memory memory, Work work) throws IOException {
		this.scans.run(work, "references", this.found, () -> new ReferenceScan(this.classes, this.index, this.leaves,
				this.rows, this.classOf, this.file.idSize(), memory));
	}

	/**
	 * Shows every object to visitors, one for each thread.
	 * @param <V> the type of the visitors
	 * @param work the threads, the cancel signal, who is told
	 * @param phase what is being done
	 * @param visitors makes a visitor
	 * @return the visitors
	 * @throws IOException where the dump cannot be read
	 */
	public <V extends ObjectVisitor> List<V> visit(Work work, String phase, VisitorFactory<V> visitors)
			throws IOException {
		List<VisitScan<V>> scanned = new ArrayList<>();
		this.scans.run(work, phase, scanned, () -> new VisitScan<>(this, visitors.make()));
		return scanned.stream().map(VisitScan::visitor).toList();
	}

	/**
	 * The file that the dump is in.
	 * @return the file
	 */
	public HprofFile file() {
		return this.file;
	}

	/**
	 * The dump that the graph is of.
	 * @return the dump
	 */
	public Dump dump() {
		return this.dump;
	}

	/**
	 * The classes.
	 * @return the table
	 */
	public ClassTable classes() {
		return this.classes;
	}

	/**
	 * How the JVM laid its objects out.
	 * @return the layout, inferred from where they lie
	 */
	public ObjectLayout layout() {
		return this.layout;
	}

	/**
	 * What is missing from the dump.
	 * @return sentences; empty where it is whole
	 */
	public List<String> damage() {
		return List.copyOf(this.damage);
	}

	/**
	 * The GC roots that the dump names.
	 * @return an unmodifiable list, in no order
	 */
	public List<GcRoot> roots() {
		return List.copyOf(this.roots);
	}

	/**
	 * How many objects there are.
	 * @return a count
	 */
	public int objectCount() {
		return this.index.size();
	}

	/**
	 * How many objects are no leaves.
	 * @return a count, which is also the number of the first leaf
	 */
	public int innerCount() {
		return this.index.innerCount();
	}

	/**
	 * The number of an object.
	 * @param id its id
	 * @return its number, -1 where there is no such object
	 */
	public int find(long id) {
		return this.index.find(id);
	}

	/**
	 * The id of an object: its address in the JVM.
	 * @param object its number
	 * @return its id
	 */
	public long id(int object) {
		return this.index.id(object);
	}

	/**
	 * The class of an inner object.
	 * @param object its number
	 * @return its class
	 */
	public HeapClass classOf(int object) {
		return this.classArray[this.classOf.get(object)];
	}

	/**
	 * The class of an inner object.
	 * @param object its number
	 * @return the number of its class
	 */
	public int classNumber(int object) {
		return this.classOf.get(object);
	}

	/**
	 * A class by its number.
	 * @param number the number
	 * @return the class
	 */
	public HeapClass classByNumber(int number) {
		return this.classArray[number];
	}

	/**
	 * The name of a field.
	 * @param type the class of the object
	 * @param slot which of its references
	 * @return the declaring class and the field, as in {@code com.acme.Shop.orders}
	 * @throws IOException where the file cannot be read
	 */
	public String fieldName(HeapClass type, int slot) throws IOException {
		int[] offsets = type.referenceOffsets();
		return (slot < offsets.length) ? type.fieldAt(offsets[slot], this.file) : type.name() + ".?";
	}

	/**
	 * The name of a static field.
	 * @param type the class
	 * @param slot which of its static references
	 * @return the class and the field, as in {@code com.acme.Shop.INSTANCE}
	 * @throws IOException where the file cannot be read
	 */
	public String staticName(HeapClass type, int slot) throws IOException {
		return type.staticAt(slot, this.file);
	}

	/**
	 * What a static field refers to.
	 * @param type the class
	 * @param field the name of the field
	 * @return the id of an object, 0 for none and where the class has no such field
	 * @throws IOException where the file cannot be read
	 */
	public long staticReference(HeapClass type, String field) throws IOException {
		return type.staticReference(field, this.file);
	}

	/**
	 * The references between inner objects.
	 * @return the rows
	 */
	public ReferenceRows rows() {
		return this.rows;
	}

	/**
	 * The object that was first found to refer to a leaf.
	 * @param leaf the number of a leaf
	 * @return the number of an inner object or of a string, -1 for none
	 */
	public int holder(int leaf) {
		return this.leaves.holder(leaf - innerCount());
	}

	/**
	 * The field by which the holder of a leaf refers to it.
	 * @param leaf the number of a leaf
	 * @return a number as {@link HeapClass} explains
	 */
	public int holderSlot(int leaf) {
		return this.leaves.slot(leaf - innerCount());
	}

	/**
	 * Makes another of its referrers the holder of a leaf.
	 * @param leaf the number of a leaf
	 * @param holder the number of the referrer
	 * @param slot the field
	 */
	public void setHolder(int leaf, int holder, int slot) {
		this.leaves.set(leaf - innerCount(), holder, slot);
	}

	/**
	 * The referrers of leaves that have several, but for the first.
	 * @param visitor is given each
	 */
	public void forEachFurtherHolder(HolderVisitor visitor) {
		for (ReferenceScan scan : this.found) {
			IntList triples = scan.furtherHolders();
			for (long i = 0; i < triples.size(); i += 3) {
				visitor.holder(triples.get(i), triples.get(i + 1), triples.get(i + 2));
			}
		}
	}

	/**
	 * The soft references and the finalizers' references.
	 * @param kind {@link ReferenceKind#SOFT} or {@link ReferenceKind#FINAL}
	 * @param visitor is given the number of each and of the object it refers to
	 */
	public void forEachReferent(ReferenceKind kind, ReferentVisitor visitor) {
		for (ReferenceScan scan : this.found) {
			IntList pairs = (kind == ReferenceKind.SOFT) ? scan.softReferences() : scan.finalReferences();
			for (long i = 0; i < pairs.size(); i += 2) {
				visitor.referent(pairs.get(i), pairs.get(i + 1));
			}
		}
	}

	/**
	 * A reader of single objects.
	 * @return a new one, for one thread
	 */
	public ObjectReader reader() {
		return new ObjectReader(this, this.index);
	}

	/** Gives back the memory of the rows; what is asked of them afterwards fails. */
	public void forgetRows() {
		this.rows.free();
	}

	/**
	 * Gives back the memory of the leaves' further holders, which are none afterwards.
	 */
	public void forgetFurtherHolders() {
		this.found.forEach((scan) -> scan.furtherHolders().free());
	}

	/** Gives back the memory of the leaves' holders; what is asked of them fails. */
	public void forgetHolders() {
		this.leaves.free();
	}

	/**
	 * Makes a visitor.
	 *
	 * @param <V> its type
	 */
	@FunctionalInterface
	public interface VisitorFactory<V extends ObjectVisitor> {

		/**
		 * A visitor for one thread.
		 * @return the visitor
		 */
		V make();

	}

	/** Is given referrers of leaves. */
	@FunctionalInterface
	public interface HolderVisitor {

		/**
		 * A referrer.
		 * @param leaf the number of a leaf
		 * @param holder the number of the referrer
		 * @param slot the field, a number as {@link HeapClass} explains
		 */
		void holder(int leaf, int holder, int slot);

	}

	/** Is given reference objects. */
	@FunctionalInterface
	public interface ReferentVisitor {

		/**
		 * A reference object.
		 * @param reference its number
		 * @param referent the number of the object that it refers to
		 */
		void referent(int reference, int referent);

	}

}
