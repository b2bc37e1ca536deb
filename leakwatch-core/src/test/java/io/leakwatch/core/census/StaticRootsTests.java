package io.leakwatch.core.census;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import com.acme.Shop;
import com.acme.Shop.Registry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StaticRoots} and {@link LoadedClasses}.
 */
class StaticRootsTests {

	private static final String ENTRIES = "static com.acme.Shop$Registry.ENTRIES (java.util.ArrayList)";

	private final Census census = new Census(new Shop.Inner());

	@AfterEach
	void clear() {
		Registry.ENTRIES.clear();
		Registry.hooks = new Object[0];
	}

	@Test
	void readWhenStaticFieldsHoldContainersShouldTellThem() {
		Registry.ENTRIES.addAll(Collections.nCopies(20, "x"));
		Registry.hooks = new Object[30];
		this.census.census().refreshClasses();
		this.census.pass();
		assertThat(this.census.size(ENTRIES)).isEqualTo(new HolderSize(ENTRIES, "static com.acme.Shop$Registry",
				"java.util.ArrayList", "java.lang.String", 20, null, false, false));
		Registry.hooks = new Object[31];
		assertThat(this.census.entries("static com.acme.Shop$Registry.hooks (java.lang.Object[])")).isEqualTo(31);
	}

	@Test
	void walkWhenClassesWereNotListedShouldTellNoStaticField() {
		Registry.ENTRIES.addAll(Collections.nCopies(20, "x"));
		assertThat(this.census.pass().find(ENTRIES)).isEmpty();
	}

	@Test
	void refreshClassesWhenClassIsNotInitialisedShouldLeaveItSo() throws ClassNotFoundException {
		Class.forName("com.acme.Shop$Dormant", false, StaticRootsTests.class.getClassLoader());
		this.census.census().refreshClasses();
		this.census.pass();
		assertThat(System.getProperty("com.acme.dormant")).isNull();
		assertThat(this.census.holders()).noneMatch((holder) -> holder.contains("Dormant"));
	}

	@Test
	void readShouldTellNothingOfLeakWatchItself() {
		this.census.pass().pass().census().refreshClasses();
		assertThat(this.census.pass().holders()).noneMatch((holder) -> holder.startsWith("static io.leakwatch."));
	}

	@Test
	void readWhenTheJdkKeepsFilesToDeleteShouldTellThemWhereThatCanBeRead() throws IOException {
		for (int i = 0; i < 20; i++) {
			new java.io.File("census-test-" + i + ".nothing").deleteOnExit();
		}
		this.census.census().refreshClasses();
		assertThat(
				this.census.pass().find("static java.io.DeleteOnExitHook.files (java.util.LinkedHashSet)").isPresent())
			.isEqualTo(RawMemory.available() != null);
	}

	@Test
	void readWhenLoaderIsAnotherOneShouldTellItsStaticFieldsAndNotKeepIt() throws Exception {
		List<Object> bean = new ArrayList<>();
		bean.add(instance(new Isolated()));
		Census census = new Census(bean);
		census.pass().census().refreshClasses();
		String holder = "static com.acme.Shop$Registry.ENTRIES (java.util.ArrayList)";
		assertThat(census.pass().entries(holder)).isEqualTo(70);
		WeakReference<ClassLoader> reference = new WeakReference<>(bean.get(0).getClass().getClassLoader());
		bean.clear();
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
			System.gc();
			census.census().read();
			return reference.get() == null;
		});
	}

	/** An object of the loader, whose registry holds 70 entries. */
	@SuppressWarnings("unchecked")
	private static Object instance(ClassLoader loader) throws ReflectiveOperationException {
		Class<?> registry = Class.forName("com.acme.Shop$Registry", true, loader);
		((List<Object>) registry.getField("ENTRIES").get(null)).addAll(Collections.nCopies(70, "x"));
		return Class.forName("com.acme.Shop$Inner", true, loader).getConstructor().newInstance();
	}

	/** Loads the application's classes a second time. */
	private static final class Isolated extends ClassLoader {

		Isolated() {
			super(StaticRootsTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.startsWith("com.acme.")) {
				return super.loadClass(name, resolve);
			}
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : defined(name);
		}

		private Class<?> defined(String name) throws ClassNotFoundException {
			String path = name.replace('.', '/') + ".class";
			try (InputStream file = Objects.requireNonNull(getResourceAsStream(path))) {
				byte[] bytes = file.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
