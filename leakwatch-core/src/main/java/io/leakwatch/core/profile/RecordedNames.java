package io.leakwatch.core.profile;

import java.util.ArrayList;
import java.util.List;

import io.leakwatch.heap.profile.PrintableName;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names in an event of Flight Recorder, fit to be shown. Fields that a JDK does
 * not write are unknown.
 */
final class RecordedNames {

	private static final int DEEPEST_STACK = 64;

	private static final int LONGEST_NAME = 500;

	private RecordedNames() {
	}

	static List<CodeLine> stack(RecordedEvent event) {
		RecordedStackTrace trace = event.getStackTrace();
		List<CodeLine> stack = new ArrayList<>();
		if (trace != null) {
			for (RecordedFrame frame : trace.getFrames()) {
				RecordedMethod method = frame.getMethod();
				if (frame.isJavaFrame() && method != null && stack.size() < DEEPEST_STACK) {
					stack.add(new CodeLine(PrintableName.of(method.getType().getName(), LONGEST_NAME),
							PrintableName.of(method.getName(), LONGEST_NAME), frame.getLineNumber()));
				}
			}
		}
		return stack;
	}

	static @Nullable RecordedObject object(@Nullable RecordedObject in, String field) {
		return (in != null && in.hasField(field)) ? in.<@Nullable RecordedObject>getValue(field) : null;
	}

	static @Nullable String text(RecordedObject in, String field) {
		String text = in.hasField(field) ? in.getString(field) : null;
		return (text != null) ? PrintableName.of(text, LONGEST_NAME) : null;
	}

	static @Nullable String className(@Nullable RecordedObject in, String field) {
		RecordedClass type = (in != null && in.hasField(field)) ? in.getClass(field) : null;
		return (type != null) ? PrintableName.of(type.getName(), LONGEST_NAME) : null;
	}

}
