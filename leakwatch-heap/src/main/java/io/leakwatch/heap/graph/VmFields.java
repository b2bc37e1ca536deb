package io.leakwatch.heap.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What HotSpot knows of classes of the JDK and a heap dump does not tell: fields that the
 * VM adds to them, and fields that are padded.
 *
 * <p>
 * Sources: the {@code …_INJECTED_FIELDS} of {@code javaClasses.hpp} and
 * {@code continuationJavaClasses.hpp} in JDK 8, 11, 17, 21 and 25, and {@code @Contended}
 * in the class library of these. For the releases between them the release where
 * something changed may be off by one or two, which the sizes seldom show, as objects are
 * rounded up.
 */
final class VmFields {

	static final String STACK_CHUNK = "jdk.internal.vm.StackChunk";

	private static final int OPEN = Integer.MAX_VALUE;

	/** Letters as in {@link #counts}. */
	private static final Map<String, List<Fields>> INJECTED = index(List.of(
			new Fields("java.lang.String", 17, OPEN, "B"), new Fields("java.lang.Class", 0, 24, "PPIILLL"),
			new Fields("java.lang.Class", 25, OPEN, "PPIILL"), new Fields("java.lang.ClassLoader", 8, OPEN, "P"),
			new Fields("java.lang.Module", 9, OPEN, "P"), new Fields("java.lang.Thread", 19, 20, "PS"),
			new Fields("java.lang.Thread", 21, OPEN, "PIBS"), new Fields("java.lang.VirtualThread", 24, OPEN, "P"),
			new Fields("java.lang.InternalError", 15, OPEN, "B"), new Fields("java.lang.StackFrameInfo", 9, OPEN, "S"),
			new Fields("java.lang.invoke.MemberName", 8, 8, "LPP"),
			new Fields("java.lang.invoke.MemberName", 9, OPEN, "P"),
			new Fields("java.lang.invoke.ResolvedMethodName", 9, 24, "LP"),
			new Fields("java.lang.invoke.ResolvedMethodName", 25, OPEN, "P"),
			new Fields("java.lang.invoke.MethodHandleNatives$CallSiteContext", 9, 11, "P"),
			new Fields("java.lang.invoke.MethodHandleNatives$CallSiteContext", 12, 24, "PJ"),
			new Fields("java.lang.invoke.CallSite", 25, OPEN, "PJ"), new Fields(STACK_CHUNK, 19, 23, "LBPI"),
			new Fields(STACK_CHUNK, 24, OPEN, "LBPIB")));

	/** An asterisk stands for the class as a whole. */
	private static final Map<String, List<Fields>> CONTENDED = index(
			List.of(new Fields("java.lang.Thread", 8, 18, "JII"),
					new Fields("java.util.concurrent.ConcurrentHashMap$CounterCell", 8, OPEN, "*"),
					new Fields("java.util.concurrent.atomic.Striped64$Cell", 8, OPEN, "*"),
					new Fields("java.util.concurrent.Exchanger$Node", 8, OPEN, "*"),
					new Fields("java.util.concurrent.Exchanger$Slot", 21, OPEN, "*"),
					new Fields("java.util.concurrent.ForkJoinPool", 8, 8, "*"),
					new Fields("java.util.concurrent.ForkJoinPool", 9, 18, "J"),
					new Fields("java.util.concurrent.ForkJoinPool", 19, OPEN, "JI"),
					new Fields("java.util.concurrent.ForkJoinPool$WorkQueue", 8, 16, "*"),
					new Fields("java.util.concurrent.ForkJoinPool$WorkQueue", 17, 18, "III"),
					new Fields("java.util.concurrent.ForkJoinPool$WorkQueue", 19, 22, "IIIII"),
					new Fields("java.util.concurrent.ForkJoinPool$WorkQueue", 23, OPEN, "IIIIII"),
					new Fields("java.util.concurrent.SubmissionPublisher$BufferedSubscription", 9, OPEN, "*JI")));

	private VmFields() {
	}

	static FieldCounts injected(String className, VmParameters vm) {
		for (Fields fields : INJECTED.getOrDefault(className, List.of())) {
			if (fields.isIn(vm.release())) {
				return counts(fields.letters(), vm.wordBytes());
			}
		}
		return FieldCounts.NONE;
	}

	static Contention contention(String className, int release) {
		for (Fields fields : CONTENDED.getOrDefault(className, List.of())) {
			if (fields.isIn(release)) {
				return new Contention(fields.letters().startsWith("*"), counts(fields.letters(), 8));
			}
		}
		return Contention.NONE;
	}

	/** P is a pointer of the VM's own, L a reference, J, I, S and B are numbers. */
	private static FieldCounts counts(String letters, int wordBytes) {
		int pointers = count(letters, 'P');
		return new FieldCounts(count(letters, 'L'), count(letters, 'J') + ((wordBytes == 8) ? pointers : 0),
				count(letters, 'I') + ((wordBytes == 4) ? pointers : 0), count(letters, 'S'), count(letters, 'B'));
	}

	private static int count(String letters, char letter) {
		return (int) letters.chars().filter((next) -> next == letter).count();
	}

	private static Map<String, List<Fields>> index(List<Fields> entries) {
		return entries.stream().collect(Collectors.groupingBy(Fields::className));
	}

	private record Fields(String className, int since, int until, String letters) {

		boolean isIn(int release) {
			return this.since <= release && release <= this.until;
		}

	}

}
