package io.leakwatch.heap.analysis;

import java.util.List;

import io.leakwatch.heap.profile.BeanUse;

/**
 * A bean that was found in a heap.
 *
 * @param name its name, printable
 * @param context the id of its context, empty where the name alone tells which bean is
 * meant
 * @param scope how the container keeps it
 * @param className its class, that of the target where it is a proxy
 * @param objects the numbers of the objects that it is: of a proxy and its target both,
 * of a factory bean and its product, of a scoped bean one for each session; none of them
 * is a leaf or one of another bean
 * @param count how many beans have the name
 * @param isRoot whether paths begin at it
 */
record SpringBean(String name, String context, BeanUse.Scope scope, String className, List<Integer> objects, long count,
		boolean isRoot) {

	SpringBean {
		objects = List.copyOf(objects);
	}

	String label() {
		return BeanUse.label(this.scope, this.name, this.context);
	}

}
