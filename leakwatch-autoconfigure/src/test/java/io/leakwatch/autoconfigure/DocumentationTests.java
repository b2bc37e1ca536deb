package io.leakwatch.autoconfigure;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.leakwatch.autoconfigure.ConfigurationMetadata.Property;
import io.leakwatch.autoconfigure.actuate.endpoint.BeanRowDescriptor;
import io.leakwatch.autoconfigure.actuate.endpoint.ClassRowDescriptor;
import io.leakwatch.autoconfigure.actuate.endpoint.ContainerDescriptor;
import io.leakwatch.autoconfigure.actuate.endpoint.HeapDiffDescriptor;
import io.leakwatch.autoconfigure.actuate.endpoint.LeakWatchDescriptor;
import io.leakwatch.autoconfigure.actuate.endpoint.LoaderRowDescriptor;
import io.leakwatch.autoconfigure.actuate.endpoint.PathRowDescriptor;
import io.leakwatch.autoconfigure.actuate.endpoint.ProblemDescriptor;
import io.leakwatch.autoconfigure.actuate.endpoint.SnapshotDescriptor;
import io.leakwatch.core.monitor.Report.TimelinePoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the documentation misses nothing of what there is.
 */
class DocumentationTests {

	private static final Path DOCS = Path.of("..", "docs");

	@ParameterizedTest
	@MethodSource("answers")
	void endpointsShouldExplainEveryField(Class<? extends Record> answer) throws IOException {
		String endpoints = Files.readString(DOCS.resolve("endpoints.md"));
		Set<String> fields = new TreeSet<>();
		collectFields(answer, fields);
		assertThat(fields).isNotEmpty()
			.allSatisfy((field) -> assertThat(endpoints).as("docs/endpoints.md").contains("`" + field + "`"));
	}

	static Stream<Class<? extends Record>> answers() {
		return Stream.of(LeakWatchDescriptor.class, HeapDiffDescriptor.class, TimelinePoint.class,
				ProblemDescriptor.class, SnapshotDescriptor.class, ClassRowDescriptor.class, PathRowDescriptor.class,
				ContainerDescriptor.class, BeanRowDescriptor.class, LoaderRowDescriptor.class);
	}

	@Test
	void endpointsShouldExplainEveryFieldThatIsAnswered() throws IOException {
		String endpoints = Files.readString(DOCS.resolve("endpoints.md"));
		Set<String> fields = new TreeSet<>();
		try (RunningApplication application = RunningApplication.open(WebApplicationType.SERVLET,
				RunningApplication.NOTHING_AUTOMATIC)) {
			application.post("/actuator/heapdump-diff");
			application.post("/actuator/heapdump-diff");
			for (String path : new String[] { "leakwatch", "leakwatch/suspects", "leakwatch/caches",
					"leakwatch/threads", "leakwatch/containers", "leakwatch/classes", "leakwatch/timeline",
					"heapdump-diff", "heapdump-diff/snapshots", "heapdump-diff/snapshots/latest" }) {
				assertThat(endpoints).contains("/actuator/" + path.replace("/latest", "/{id}"));
				collectFields(application.json("/actuator/" + path), fields);
			}
		}
		assertThat(fields).hasSizeGreaterThan(40)
			.allSatisfy((field) -> assertThat(endpoints).as("docs/endpoints.md").contains("`" + field + "`"));
	}

	@ParameterizedTest
	@MethodSource("properties")
	void propertiesShouldHaveARowForEach(Property property) throws IOException {
		String value = (property.defaultValue() != null) ? "`" + property.defaultValue() + "`" : "";
		assertThat(Files.readAllLines(DOCS.resolve("properties.md"))).as("a row with name, default and meaning")
			.anySatisfy((line) -> assertThat(Arrays.stream(line.split("\\|", -1)).map(String::strip))
				.containsSequence("`" + property.name() + "`", value));
	}

	static Stream<Property> properties() {
		return ConfigurationMetadata.ownProperties().stream();
	}

	private static void collectFields(Class<?> type, Set<String> fields) {
		for (RecordComponent component : type.getRecordComponents()) {
			if (fields.add(component.getName()) || component.getType().isRecord()) {
				collectFields(component.getGenericType(), fields);
			}
		}
	}

	private static void collectFields(Type type, Set<String> fields) {
		if (type instanceof ParameterizedType list) {
			collectFields(list.getActualTypeArguments()[0], fields);
		}
		else if (type instanceof Class<?> record && record.isRecord()) {
			collectFields(record, fields);
		}
	}

	private static void collectFields(JsonNode json, Set<String> fields) {
		json.propertyStream().forEach((property) -> {
			fields.add(property.getKey());
			collectFields(property.getValue(), fields);
		});
		if (json.isArray()) {
			json.forEach((element) -> collectFields(element, fields));
		}
	}

}
