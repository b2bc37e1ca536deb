package io.leakwatch.heap.graph;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

import io.leakwatch.heap.hprof.BasicType;
import io.leakwatch.heap.hprof.ClassRecord;
import io.leakwatch.heap.hprof.HprofFile;
import org.jspecify.annotations.Nullable;

/**
 * A class of the heap. Immutable once the table of classes is complete.
 */
public final class HeapClass {

	/** The reference of an array's element, in place of a field. */
	public static final int ELEMENT = 0xffff;

	/** The reference of an object to its class. */
	public static final int TO_CLASS = 0xfffe;

	/** The reference of a class to its loader. */
	public static final int TO_LOADER = 0xfffd;

	/** Any other reference of a class to what belongs to it. */
	public static final int TO_PART = 0xfffc;

	private static final int MOST_FIELDS = TO_PART - 1;

	private static final int[] NO_OFFSETS = {};

	private final int index;

	private final String name;

	private final ClassRecord record;

	private final @Nullable HeapClass superclass;

	private final int fieldBytes;

	private final int[] referenceOffsets;

	private final int referentOffset;

	private final ReferenceKind referenceKind;

	private final ClassShape shape;

	private boolean keptByObjects;

	private long instanceBytes;

	HeapClass(int index, String name, ClassRecord record, @Nullable HeapClass superclass, HprofFile file,
			Set<ReferenceKind> followed) throws IOException {
		this.index = index;
		this.name = name;
		this.record = record;
		this.superclass = superclass;
		int idSize = file.idSize();
		ReferenceKind own = ReferenceKind.of(name);
		this.referenceKind = (own == ReferenceKind.STRONG && superclass != null) ? superclass.referenceKind : own;
		int[] inherited = (superclass != null) ? superclass.referenceOffsets : NO_OFFSETS;
		int ownReferences = 0;
		for (byte type : record.fieldTypes()) {
			ownReferences += (type == BasicType.OBJECT) ? 1 : 0;
		}
		boolean same = record.fieldTypes().length == 0;
		int[] offsets = same ? inherited : new int[Math.min(ownReferences + inherited.length, MOST_FIELDS)];
		int offset = 0;
		int count = 0;
		int referent = -1;
		for (int i = 0; i < record.fieldTypes().length; i++) {
			int type = record.fieldTypes()[i];
			if (type == BasicType.OBJECT && count < offsets.length) {
				if (name.equals("java.lang.ref.Reference")
						&& "referent".equals(file.string(record.fieldNameIds()[i]))) {
					referent = offset;
				}
				offsets[count++] = offset;
			}
			offset += BasicType.size(type, idSize);
		}
		if (superclass != null && superclass.referentOffset >= 0) {
			referent = offset + superclass.referentOffset;
		}
		for (int i = 0; i < inherited.length && count < offsets.length && !same; i++) {
			offsets[count++] = offset + inherited[i];
		}
		this.referentOffset = referent;
		this.fieldBytes = offset + ((superclass != null) ? superclass.fieldBytes : 0);
		this.shape = new ClassShape(name, (superclass != null) ? superclass.shape : null, record.fieldTypes(),
				declaredStatics(record, file));
		this.referenceOffsets = (this.referenceKind != ReferenceKind.STRONG && !followed.contains(this.referenceKind))
				? without(offsets, referent) : offsets;
	}

	/** Without the fields that HotSpot makes up while dumping. */
	private static byte[] declaredStatics(ClassRecord record, HprofFile file) throws IOException {
		byte[] types = record.staticTypes().clone();
		int count = 0;
		for (int i = 0; i < types.length; i++) {
			String field = file.string(record.staticNameIds()[i]);
			if (field == null || !field.startsWith("<")) {
				types[count++] = types[i];
			}
		}
		return Arrays.copyOf(types, count);
	}

	private static int[] without(int[] offsets, int excluded) {
		int[] left = Arrays.stream(offsets).filter((offset) -> offset != excluded).toArray();
		return (left.length == offsets.length) ? offsets : left;
	}

	/**
	 * The number of the class among those of the heap.
	 * @return a number from 0
	 */
	public int index() {
		return this.index;
	}

	/**
	 * The object that the class is.
	 * @return its id, 0 for the class of a primitive array that the dump does not list
	 */
	public long id() {
		return this.record.id();
	}

	/** Where the class's record begins in the file. */
	long offset() {
		return this.record.offset();
	}

	/**
	 * The name as {@code Class.getName} has it.
	 * @return the binary name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The superclass.
	 * @return the class, {@code null} where it has none or the dump does not list it
	 */
	public @Nullable HeapClass superclass() {
		return this.superclass;
	}

	/**
	 * The class loader.
	 * @return the id of an object, 0 for the boot loader
	 */
	public long loaderId() {
		return this.record.loaderId();
	}

	/**
	 * How the objects of the class hold their {@code referent}, if they have one.
	 * @return the kind
	 */
	public ReferenceKind referenceKind() {
		return this.referenceKind;
	}

	/**
	 * Whether the class is another one or extends it.
	 * @param className the name of the other
	 * @return whether it is
	 */
	public boolean isA(String className) {
		for (HeapClass each = this; each != null; each = each.superclass) {
			if (each.name.equals(className)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The size of an instance, 0 for an array class.
	 * @return bytes
	 */
	public long instanceBytes() {
		return this.instanceBytes;
	}

	ClassShape shape() {
		return this.shape;
	}

	void instanceBytes(long bytes) {
		this.instanceBytes = bytes;
	}

	/** The class as the dump has it. */
	ClassRecord record() {
		return this.record;
	}

	/** The bytes that the fields of an instance take in the dump. */
	int fieldBytes() {
		return this.fieldBytes;
	}

	/**
	 * Where in an instance's bytes the references stand that keep something alive, the
	 * class's own first.
	 */
	int[] referenceOffsets() {
		return this.referenceOffsets;
	}

	/** Where a reference object's {@code referent} stands, -1 for other objects. */
	int referentOffset() {
		return this.referentOffset;
	}

	/** Whether an object of the class can keep nothing alive. */
	boolean isLeaf() {
		if (this.keptByObjects || this.referenceKind != ReferenceKind.STRONG) {
			return false;
		}
		// A string has its characters in an array, which keeps nothing alive.
		return this.referenceOffsets.length == 0
				|| (this.referenceOffsets.length == 1 && this.name.equals("java.lang.String"));
	}

	/**
	 * Whether the class, and with it its loader, is there only as long as something
	 * refers to it or to one of its objects.
	 */
	boolean isKeptByObjects() {
		return this.keptByObjects;
	}

	void keptByObjects() {
		this.keptByObjects = true;
	}

	/**
	 * The field that a reference of an instance stands in.
	 * @param offset where it stands in the instance's bytes
	 * @param file where names are read
	 * @return the declaring class and the field, as in {@code com.acme.Shop.orders}
	 * @throws IOException where the file cannot be read
	 */
	String fieldAt(int offset, HprofFile file) throws IOException {
		int at = 0;
		for (HeapClass each = this; each != null; each = each.superclass) {
			byte[] types = each.record.fieldTypes();
			for (int i = 0; i < types.length; i++) {
				if (at == offset) {
					return each.name + "." + nameOf(file, each.record.fieldNameIds()[i]);
				}
				at += BasicType.size(types[i], file.idSize());
			}
		}
		return this.name + ".?";
	}

	/**
	 * Where a field stands in an instance's bytes.
	 * @param field its name
	 * @param file where names are read
	 * @return the offset, -1 where no class has such a field
	 * @throws IOException where the file cannot be read
	 */
	int offsetOf(String field, HprofFile file) throws IOException {
		int at = 0;
		for (HeapClass each = this; each != null; each = each.superclass) {
			byte[] types = each.record.fieldTypes();
			for (int i = 0; i < types.length; i++) {
				if (field.equals(file.string(each.record.fieldNameIds()[i]))) {
					return at;
				}
				at += BasicType.size(types[i], file.idSize());
			}
		}
		return -1;
	}

	/**
	 * The object that a static field refers to, 0 for none or where there is no such
	 * field.
	 */
	long staticReference(String field, HprofFile file) throws IOException {
		byte[] types = this.record.staticTypes();
		for (int i = 0; i < types.length; i++) {
			if (types[i] == BasicType.OBJECT && field.equals(file.string(this.record.staticNameIds()[i]))) {
				return this.record.staticValues()[i];
			}
		}
		return 0;
	}

	/** The static field that a class's reference of a number stands in. */
	String staticAt(int number, HprofFile file) throws IOException {
		int seen = 0;
		byte[] types = this.record.staticTypes();
		for (int i = 0; i < types.length; i++) {
			if (types[i] == BasicType.OBJECT && seen++ == number) {
				return this.name + "." + nameOf(file, this.record.staticNameIds()[i]);
			}
		}
		return this.name + ".?";
	}

	private static String nameOf(HprofFile file, long id) throws IOException {
		String name = file.string(id);
		return (name != null) ? name : "?";
	}

	@Override
	public String toString() {
		return this.name;
	}

}
