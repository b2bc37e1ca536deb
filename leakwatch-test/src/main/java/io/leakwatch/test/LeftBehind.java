package io.leakwatch.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.leakwatch.core.suspect.ClassOrigin;
import io.leakwatch.core.suspect.IgnoreList;
import io.leakwatch.heap.diff.ClassDelta;
import io.leakwatch.heap.diff.HeapDiff;
import io.leakwatch.heap.profile.HeapProfile;

/**
 * The classes that gained instances with every iteration. Those of the application and
 * its libraries come first: they tell a developer more than the JDK's, of which any leak
 * has some.
 *
 * @param named classes that are not the JDK's, the most instances first
 * @param jdk classes of the JDK, the most instances first
 */
record LeftBehind(List<Growth> named, List<Growth> jdk) {

	private static final int MAXIMUM_NAMED = 20;

	private static final int MAXIMUM_JDK = 8;

	static LeftBehind between(HeapProfile before, HeapProfile after, LeakCheck check) {
		double least = check.iterations() * check.atLeast();
		IgnoreList ignored = new IgnoreList(check.ignore());
		List<Growth> named = new ArrayList<>();
		List<Growth> jdk = new ArrayList<>();
		for (ClassDelta delta : HeapDiff.between(before, after).classes()) {
			if (delta.countDelta() < least) {
				continue;
			}
			Growth growth = new Growth(readable(delta.className()), delta.countDelta(), delta.shallowBytesDelta());
			if (!ignored.matches(growth.className())) {
				boolean ofJdk = ClassOrigin.of(delta.className(), List.of()) == ClassOrigin.JDK;
				(ofJdk ? jdk : named).add(growth);
			}
		}
		named.sort(Growth.MOST_FIRST);
		jdk.sort(Growth.MOST_FIRST);
		return new LeftBehind(List.copyOf(named), List.copyOf(jdk));
	}

	boolean isEmpty() {
		return this.named.isEmpty() && this.jdk.isEmpty();
	}

	/** What a developer reads when the build fails. */
	String describe(LeakCheck check) {
		StringBuilder text = new StringBuilder(
				String.format(Locale.ROOT, "%d iterations left objects behind:", check.iterations()));
		// A leak of strings has no other name than theirs.
		List<Growth> first = this.named.isEmpty() ? this.jdk : this.named;
		first.stream().limit(MAXIMUM_NAMED).forEach((each) -> text.append("\n    ").append(each.describe()));
		if (first.size() > MAXIMUM_NAMED) {
			text.append("\n    and of ").append(first.size() - MAXIMUM_NAMED).append(" classes more");
		}
		if (!this.named.isEmpty() && !this.jdk.isEmpty()) {
			text.append("\n… and ")
				.append(this.jdk.stream().limit(MAXIMUM_JDK).map(Growth::briefly).collect(Collectors.joining(", ")));
			if (this.jdk.size() > MAXIMUM_JDK) {
				text.append(", and of ").append(this.jdk.size() - MAXIMUM_JDK).append(" JDK classes more");
			}
		}
		return text.append(String.format(Locale.ROOT,
				"%nCounted in the whole JVM after full collections: before and after %d iterations, which followed %d"
						+ " to warm up. At least %s instances for each iteration fail.",
				check.iterations(), check.warmup(), check.atLeast()))
			.toString();
	}

	/** An array as it is written in Java, and not as the JVM calls it. */
	static String readable(String className) {
		int dimensions = className.lastIndexOf('[') + 1;
		if (dimensions == 0) {
			return className;
		}
		String element = className.substring(dimensions);
		String name = switch (element) {
			case "Z" -> "boolean";
			case "B" -> "byte";
			case "C" -> "char";
			case "S" -> "short";
			case "I" -> "int";
			case "J" -> "long";
			case "F" -> "float";
			case "D" -> "double";
			default -> (element.startsWith("L") && element.endsWith(";")) ? element.substring(1, element.length() - 1)
					: element;
		};
		return name + "[]".repeat(dimensions);
	}

	/**
	 * One class that gained instances.
	 *
	 * @param className the name as it is written in Java
	 * @param count how many instances more
	 * @param shallowBytes how many bytes more, without what they refer to
	 */
	record Growth(String className, long count, long shallowBytes) {

		static final Comparator<Growth> MOST_FIRST = Comparator.comparingLong(Growth::count)
			.reversed()
			.thenComparing(Comparator.comparingLong(Growth::shallowBytes).reversed())
			.thenComparing(Growth::className);

		String describe() {
			return String.format(Locale.ROOT, "%s (%,d bytes)", briefly(), this.shallowBytes);
		}

		String briefly() {
			return this.count + " " + this.className;
		}

	}

}
