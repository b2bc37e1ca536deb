package io.leakwatch.example.leak.classloader;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A class loader that defines {@link StandardTaxRule} itself, as a service does that
 * reloads its rules, and leaves all else to the service's own loader.
 */
final class TaxRuleLoader extends ClassLoader {

	private static final String RULE = StandardTaxRule.class.getName();

	TaxRuleLoader() {
		super(TaxRuleLoader.class.getClassLoader());
	}

	TaxRule load() {
		try {
			return (TaxRule) loadClass(RULE).getConstructor().newInstance();
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Cannot load " + RULE, ex);
		}
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (!name.equals(RULE)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : defineRule();
		}
	}

	private Class<?> defineRule() throws ClassNotFoundException {
		String file = RULE.replace('.', '/') + ".class";
		try (InputStream in = getResourceAsStream(file)) {
			if (in == null) {
				throw new FileNotFoundException(file);
			}
			byte[] bytes = in.readAllBytes();
			return defineClass(RULE, bytes, 0, bytes.length);
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(RULE, ex);
		}
	}

}
