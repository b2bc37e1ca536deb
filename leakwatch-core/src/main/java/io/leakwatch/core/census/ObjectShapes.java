package io.leakwatch.core.census;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

import io.leakwatch.core.census.ObjectShape.Way;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of classes, worked out once for each. What is kept of a class keeps its
 * loader alive: that is done for loaders which live as long as LeakWatch anyway; the
 * shapes of others are weakly held, and worked out again after they are gone.
 *
 * <p>
 * To list a class's fields makes the JVM load the classes of these fields where they are
 * not yet; there is no other way. It initialises none.
 */
final class ObjectShapes {

	/** LeakWatch's own objects are not looked into. */
	private static final String[] OWN = { "io.leakwatch.core.", "io.leakwatch.heap.", "io.leakwatch.autoconfigure.",
			"io.leakwatch.internal." };

	/** Where the JDK's own fields may lead to something of the application. */
	private static final String[] FOLLOWED = { "java.util.", "java.io.", "java.sql.", "java.beans.",
			"java.lang.ThreadLocal", "java.lang.ref.Finalizer", "java.lang.ref.ReferenceQueue", "jdk.internal.ref.",
			"java.lang.Thread$FieldHolder" };

	private static final String[] NOT_FOLLOWED = { "java.util.concurrent.locks.", "java.util.concurrent.atomic.",
			"java.util.regex.", "java.util.zip.", "java.util.jar.", "java.util.stream.", "java.util.Locale",
			"java.util.ResourceBundle", "java.util.ServiceLoader", "java.io.FileDescriptor", "java.io.FileCleanable",
			"java.util.concurrent.ForkJoinPool" };

	private final Set<ClassLoader> lastingLoaders = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Map<Class<?>, ObjectShape> lasting = new HashMap<>();

	private final Map<Class<?>, Reference<ObjectShape>> passing = new WeakHashMap<>();

	/** Of the classes of this pass; a shape has those of them that it needs. */
	private final Map<Class<?>, List<FieldReader>> declared = new HashMap<>();

	private final Map<Class<?>, List<FieldReader>> statics = new HashMap<>();

	ObjectShapes() {
		for (ClassLoader each = ObjectShapes.class.getClassLoader(); each != null; each = each.getParent()) {
			this.lastingLoaders.add(each);
		}
		this.lastingLoaders.add(ClassLoader.getSystemClassLoader());
		this.lastingLoaders.add(ClassLoader.getPlatformClassLoader());
	}

	/** The shape of a class that is not an array of references. */
	ObjectShape of(Class<?> type) {
		ObjectShape known = this.lasting.get(type);
		if (known != null) {
			return known;
		}
		Reference<ObjectShape> reference = this.passing.get(type);
		known = (reference != null) ? reference.get() : null;
		if (known != null) {
			return known;
		}
		ObjectShape shape = shape(type);
		if (isLasting(type)) {
			this.lasting.put(type, shape);
		}
		else {
			this.passing.put(type, new WeakReference<>(shape));
		}
		return shape;
	}

	/**
	 * The static fields of an initialised class that may lead to a container; loggers,
	 * which nearly each class has, do not.
	 */
	List<FieldReader> statics(Class<?> type) {
		List<FieldReader> known = this.statics.get(type);
		if (known != null) {
			return known;
		}
		List<FieldReader> statics = new ArrayList<>();
		forEachField(type, (field) -> {
			boolean plain = !field.isSynthetic() && !isLogger(field.getType());
			if (Modifier.isStatic(field.getModifiers()) && mayLeadOn(field.getType()) && plain) {
				FieldReader reader = FieldReader.of(field);
				if (reader != null) {
					statics.add(reader);
				}
			}
		});
		if (isLasting(type)) {
			this.statics.put(type, List.copyOf(statics));
		}
		return statics;
	}

	/** The fields that a subclass of {@link Thread} declares. */
	List<FieldReader> ofThread(Class<?> type) {
		return (type == Thread.class) ? List.of()
				: fields(type).stream().filter((field) -> mayLeadOn(field.field().getType())).toList();
	}

	boolean isLasting(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return (loader == null || this.lastingLoaders.contains(loader)) && !type.isHidden();
	}

	/** Calls back for each class that a shape is known of. */
	void forEachKnown(Consumer<Class<?>> sink) {
		this.lasting.keySet().forEach(sink);
		List.copyOf(this.passing.keySet()).forEach(sink);
	}

	/** Forgets what was only needed for a pass. */
	void passEnded() {
		this.declared.clear();
	}

	static boolean isJdk(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader == ClassLoader.getPlatformClassLoader();
	}

	static boolean isOwn(String className) {
		return startsWith(className, OWN);
	}

	private ObjectShape shape(Class<?> type) {
		if (type.isArray() || Class.class == type || ClassLoader.class.isAssignableFrom(type)
				|| Thread.class.isAssignableFrom(type) || isOwn(type.getName())) {
			return ObjectShape.LEAF;
		}
		if (Proxy.isProxyClass(type)) {
			return new ObjectShape(Way.PROXY, null, List.of());
		}
		if (type == AtomicReference.class || type == AtomicReferenceArray.class) {
			return new ObjectShape((type == AtomicReference.class) ? Way.REFERENCE : Way.SLOTS, null, List.of());
		}
		List<FieldReader> all = fields(type);
		ContainerReader container = JdkContainers.of(type);
		boolean byMethods = container != null;
		container = byMethods ? container : FieldContainers.of(type, all);
		boolean slots = container != null && all.stream().anyMatch((field) -> isArray(field.field().getType()));
		boolean closed = container != null && !byMethods && !container.hasOtherFields();
		List<FieldReader> followed = new ArrayList<>();
		for (FieldReader each : closed ? List.<FieldReader>of() : all) {
			boolean internal = byMethods ? isJdk(each.field().getDeclaringClass()) && !isResult(each)
					: slots && (isArray(each.field().getType()) || isJdk(each.field().getDeclaringClass()));
			if (mayLeadOn(each.field().getType()) && !internal) {
				followed.add(each);
			}
		}
		Way way = isPool(type, all) ? Way.POOL : isEntry(type, followed) ? Way.ENTRY : Way.FIELDS;
		boolean leaf = container == null && followed.isEmpty() && way != Way.POOL;
		return leaf ? ObjectShape.LEAF : new ObjectShape(way, container, List.copyOf(followed));
	}

	private static boolean isArray(Class<?> type) {
		return Object[].class.isAssignableFrom(type);
	}

	private static boolean isResult(FieldReader field) {
		return field.field().getDeclaringClass() == CompletableFuture.class && field.field().getName().equals("result");
	}

	/** Its queue is read by its method where the field cannot be read. */
	private static boolean isPool(Class<?> type, List<FieldReader> fields) {
		return ThreadPoolExecutor.class.isAssignableFrom(type) && JdkContainers.overridesNothing(type)
				&& fields.stream().noneMatch((field) -> field.field().getName().equals("workQueue"));
	}

	/** Whether objects of a class are what containers keep their entries in. */
	private static boolean isEntry(Class<?> type, List<FieldReader> fields) {
		String name = type.getName();
		boolean named = name.endsWith("Node") || name.endsWith("Entry") || name.startsWith("com.github.benmanes");
		return named && fields.stream()
			.map((field) -> field.field().getName())
			.anyMatch((field) -> field.equals("value") || field.equals("item") || field.equals("val"));
	}

	/** All fields that can be read, the lowest class's first. */
	private List<FieldReader> fields(Class<?> type) {
		List<FieldReader> fields = new ArrayList<>();
		for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
			fields.addAll(this.declared.computeIfAbsent(each, ObjectShapes::declared));
		}
		return fields;
	}

	private static List<FieldReader> declared(Class<?> type) {
		String name = type.getName();
		if (isJdk(type) && (!startsWith(name, FOLLOWED) || startsWith(name, NOT_FOLLOWED))) {
			return List.of();
		}
		List<FieldReader> fields = new ArrayList<>();
		forEachField(type, (field) -> {
			boolean number = field.getType() == int.class || field.getType() == long.class;
			boolean view = type.getName().equals("java.util.Collections$SetFromMap") && field.getName().equals("s");
			if (!Modifier.isStatic(field.getModifiers()) && !view && (number || !field.getType().isPrimitive())) {
				FieldReader reader = FieldReader.of(field);
				if (reader != null) {
					fields.add(reader);
				}
			}
		});
		return fields;
	}

	private static void forEachField(Class<?> type, Consumer<Field> sink) {
		try {
			for (Field field : type.getDeclaredFields()) {
				sink.accept(field);
			}
		}
		catch (LinkageError | RuntimeException ex) {
			// A class that refers to others which are not there: as if it had no fields.
		}
	}

	private static boolean isLogger(Class<?> type) {
		return type.getName().endsWith(".Logger") || type.getName().endsWith(".Log");
	}

	/** Whether a field of a type may refer to more than a value. */
	private static boolean mayLeadOn(Class<?> type) {
		Class<?> element = type;
		while (element.isArray()) {
			element = element.getComponentType();
		}
		boolean value = element.isPrimitive() || element == String.class || element == Class.class
				|| Number.class.isAssignableFrom(element) || isValue(element);
		return !value || (type.isArray() && !type.getComponentType().isPrimitive());
	}

	/** No subclass of it can be there, and its own fields are not followed. */
	private static boolean isValue(Class<?> type) {
		return Modifier.isFinal(type.getModifiers()) && isJdk(type) && !startsWith(type.getName(), FOLLOWED);
	}

	private static boolean startsWith(String name, String[] prefixes) {
		for (String each : prefixes) {
			if (name.startsWith(each)) {
				return true;
			}
		}
		return false;
	}

}
