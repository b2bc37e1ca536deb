package io.leakwatch.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.leakwatch.core.census.NamedRoot;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * The singletons of the application's contexts, and the contexts themselves, in which
 * what is no bean can be found, such as the web server. The contexts are this one, those
 * above it and those below it that were refreshed, such as the management context; those
 * below are held weakly.
 *
 * <p>
 * Only what is there already is asked for: no bean is made, and none is waited for. Safe
 * for several threads.
 */
final class BeanRoots implements Supplier<List<NamedRoot>>, ApplicationListener<ContextRefreshedEvent> {

	/** What tells contexts apart that have no name of their own, in this JVM alone. */
	private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]+$");

	private final ApplicationContext context;

	private final Set<ApplicationContext> below = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	BeanRoots(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		if (event.getApplicationContext() != this.context) {
			this.below.add(event.getApplicationContext());
		}
	}

	/**
	 * The roots of this moment: beans first, by which a person would look them up.
	 */
	@Override
	public List<NamedRoot> get() {
		List<ApplicationContext> contexts = contexts();
		List<NamedRoot> roots = new ArrayList<>();
		contexts.forEach((each) -> addBeans(each, roots));
		contexts.forEach((each) -> roots.add(new NamedRoot(name(each), each)));
		return roots;
	}

	private List<ApplicationContext> contexts() {
		List<ApplicationContext> contexts = new ArrayList<>();
		for (ApplicationContext each = this.context; each != null; each = each.getParent()) {
			contexts.add(each);
		}
		synchronized (this.below) {
			contexts.addAll(this.below);
		}
		return contexts;
	}

	private void addBeans(ApplicationContext from, List<NamedRoot> roots) {
		if (!(from instanceof ConfigurableApplicationContext configurable) || !configurable.isActive()) {
			return;
		}
		ConfigurableListableBeanFactory beans = configurable.getBeanFactory();
		String suffix = (from != this.context) ? " of " + name(from) : "";
		for (String name : beans.getSingletonNames()) {
			// One that is still being made would be handed out unfinished.
			Object bean = beans.containsSingleton(name) ? beans.getSingleton(name) : null;
			if (bean != null) {
				roots.add(new NamedRoot("bean '" + name + "'" + suffix, bean));
			}
		}
	}

	private static String name(ApplicationContext context) {
		String id = String.valueOf(context.getId());
		return "context '" + IDENTITY.matcher(id).replaceFirst("") + "'";
	}

}
