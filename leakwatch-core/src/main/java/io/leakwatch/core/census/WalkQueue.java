package io.leakwatch.core.census;

import org.jspecify.annotations.Nullable;

/**
 * The objects that a walk has still to visit, each with the number of its path, first in
 * first out. Holds nothing that was taken out.
 */
final class WalkQueue {

	private @Nullable Object[] objects;

	private int[] paths = new int[1 << 10];

	private int head;

	private int size;

	WalkQueue() {
		this.objects = new @Nullable Object[this.paths.length];
	}

	void add(Object object, int path) {
		if (this.size == this.objects.length) {
			grow();
		}
		int tail = (this.head + this.size) & (this.objects.length - 1);
		this.objects[tail] = object;
		this.paths[tail] = path;
		this.size++;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	/** The path of the object that {@link #take()} returns next. */
	int path() {
		return this.paths[this.head];
	}

	Object take() {
		Object object = this.objects[this.head];
		if (object == null) {
			throw new IllegalStateException("Nothing is left to visit");
		}
		this.objects[this.head] = null;
		this.head = (this.head + 1) & (this.objects.length - 1);
		this.size--;
		return object;
	}

	private void grow() {
		int length = this.objects.length;
		@Nullable Object[] objects = new @Nullable Object[length * 2];
		int[] paths = new int[length * 2];
		int front = length - this.head;
		System.arraycopy(this.objects, this.head, objects, 0, front);
		System.arraycopy(this.objects, 0, objects, front, this.head);
		System.arraycopy(this.paths, this.head, paths, 0, front);
		System.arraycopy(this.paths, 0, paths, front, this.head);
		this.objects = objects;
		this.paths = paths;
		this.head = 0;
	}

}
