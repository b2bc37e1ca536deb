package io.leakwatch.heap.analysis;

import java.util.Map;

import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.hprof.SyntheticArray;
import io.leakwatch.heap.hprof.SyntheticClass;
import io.leakwatch.heap.hprof.SyntheticInstance;
import io.leakwatch.heap.hprof.SyntheticObject;
import org.jspecify.annotations.Nullable;

/**
 * A synthetic heap with the classes of Spring that beans are found by. A static field of
 * the JDK holds the contexts, as a shutdown hook does.
 */
final class SpringHeap {

	private static final String SUPPORT = "org.springframework.beans.factory.support.";

	private static final String AOP = "org.springframework.aop.";

	private final HprofWriter heap = new HprofWriter().jdkClasses();

	private final SyntheticClass map = this.heap.declare("java.util.concurrent.ConcurrentHashMap")
		.references("table", "nextTable");

	private final SyntheticClass node = this.heap.declare("java.util.concurrent.ConcurrentHashMap$Node")
		.references("key", "val", "next");

	private final SyntheticClass treeBin = this.heap.declare("java.util.concurrent.ConcurrentHashMap$TreeBin")
		.extending(this.node)
		.references("root", "first");

	private final SyntheticClass forwarding = this.heap.declare("java.util.concurrent.ConcurrentHashMap$ForwardingNode")
		.extending(this.node)
		.references("nextTable");

	private final SyntheticClass factory = this.heap.declare(SUPPORT + "DefaultListableBeanFactory")
		.extending(this.heap.declare(SUPPORT + "DefaultSingletonBeanRegistry")
			.references("singletonObjects", "factoryBeanObjectCache"))
		.references("serializationId", "parentBeanFactory");

	private final SyntheticClass context = this.heap.declare("com.acme.AcmeContext")
		.extending(this.heap.declare("org.springframework.context.support.AbstractApplicationContext")
			.references("parent"))
		.references("beanFactory", "state");

	private final SyntheticClass jdkProxy = this.heap.declare("jdk.proxy2.$Proxy17")
		.extending(this.heap.declare("java.lang.reflect.Proxy").references("h"));

	private final SyntheticClass handler = this.heap.declare(AOP + "framework.JdkDynamicAopProxy")
		.references("advised");

	private final SyntheticClass interceptor = this.heap
		.declare(AOP + "framework.CglibAopProxy$DynamicAdvisedInterceptor")
		.references("advised");

	private final SyntheticClass advised = this.heap.declare(AOP + "framework.AdvisedSupport")
		.references("targetSource");

	private final SyntheticClass targetSource = this.heap.declare(AOP + "target.SingletonTargetSource")
		.references("target");

	private final SyntheticClass scopedProxy = this.heap.declare(AOP + "scope.ScopedProxyFactoryBean")
		.references("targetBeanName");

	private int contexts;

	HprofWriter heap() {
		return this.heap;
	}

	/** A class with the fields. */
	SyntheticClass type(String name, String... fields) {
		return this.heap.declare(name).references(fields);
	}

	/** A context with singletons, which a static field of the JDK holds. */
	SyntheticInstance context(String id, Map<String, ? extends SyntheticObject> singletons) {
		return context(id, singletons, Map.of());
	}

	/** The same with products of factory beans. */
	SyntheticInstance context(String id, Map<String, ? extends SyntheticObject> singletons,
			Map<String, ? extends SyntheticObject> products) {
		SyntheticInstance beans = this.heap.instance(this.factory)
			.set("singletonObjects", map(singletons))
			.set("factoryBeanObjectCache", map(products))
			.set("serializationId", this.heap.string(id));
		SyntheticInstance made = this.heap.instance(this.context).set("beanFactory", beans);
		this.heap.declare("java.lang.Hooks" + this.contexts++).staticField("hooks", made);
		return made;
	}

	/** A context whose factory has the map for its singletons. */
	void contextOf(SyntheticInstance singletons) {
		SyntheticInstance beans = this.heap.instance(this.factory).set("singletonObjects", singletons);
		this.heap.declare("java.lang.Hooks" + this.contexts++).staticField("hooks", beans);
	}

	/** A map whose entries are one chain in each of its bins. */
	SyntheticInstance map(Map<String, ? extends SyntheticObject> entries) {
		SyntheticInstance last = null;
		for (Map.Entry<String, ? extends SyntheticObject> each : entries.entrySet()) {
			last = node(this.heap.string(each.getKey()), each.getValue(), last);
		}
		return mapOf(last);
	}

	SyntheticInstance mapOf(@Nullable SyntheticObject... bins) {
		return this.heap.instance(this.map).set("table", table(bins));
	}

	SyntheticArray table(@Nullable SyntheticObject... bins) {
		return this.heap.array(this.node, bins);
	}

	SyntheticInstance node(SyntheticObject key, SyntheticObject value, @Nullable SyntheticObject next) {
		return this.heap.instance(this.node).set("key", key).set("val", value).set("next", next);
	}

	SyntheticInstance treeBin(SyntheticObject first) {
		return this.heap.instance(this.treeBin).set("first", first).set("root", first);
	}

	SyntheticInstance forwardingNode(SyntheticArray table) {
		return this.heap.instance(this.forwarding).set("nextTable", table);
	}

	SyntheticInstance jdkProxy(SyntheticObject target) {
		return this.heap.instance(this.jdkProxy)
			.set("h", this.heap.instance(this.handler).set("advised", advised(target)));
	}

	/** A proxy that extends the class of its target. */
	SyntheticInstance subclassProxy(SyntheticClass type, @Nullable SyntheticObject target) {
		SyntheticClass proxy = this.heap.declare(type.name() + "$$SpringCGLIB$$0")
			.extending(type)
			.references("CGLIB$CALLBACK_0", "CGLIB$CALLBACK_1");
		SyntheticInstance made = this.heap.instance(proxy);
		return (target != null)
				? made.set("CGLIB$CALLBACK_1", this.heap.instance(this.interceptor).set("advised", advised(target)))
				: made;
	}

	private SyntheticInstance advised(SyntheticObject target) {
		SyntheticInstance source = this.heap.instance(this.targetSource).set("target", target);
		return this.heap.instance(this.advised).set("targetSource", source);
	}

	SyntheticInstance scopedProxy(SyntheticObject targetBeanName) {
		return this.heap.instance(this.scopedProxy).set("targetBeanName", targetBeanName);
	}

}
