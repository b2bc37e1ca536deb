package io.leakwatch.heap.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.leakwatch.heap.DumpedJvm;
import io.leakwatch.heap.hprof.HprofWriter;
import io.leakwatch.heap.profile.ClassCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for what the commands tell, as text and as JSON. */
class ReportsTests {

	private static final String CHAIN_NODE = "io.leakwatch.heap.fixture.ChainNode";

	private final Path folder;

	private final Path dump;

	private final Path later;

	private final Path profile;

	ReportsTests(@TempDir Path folder) {
		this.folder = folder;
		this.dump = SyntheticDumps.bus(100).writeTo(folder.resolve("before.hprof"));
		this.later = SyntheticDumps.bus(300).writeTo(folder.resolve("after.hprof"));
		this.profile = folder.resolve("heap.lwp");
	}

	@Test
	void summaryShouldTellFileLayoutAndLargest() {
		assertThat(fine("summary", this.dump).out()).contains("JAVA PROFILE 1.0.2", "GC roots", "byte[]",
				"static Bus.LISTENERS (ArrayList)");
		JsonNode json = json("summary", this.dump);
		assertThat(json.get("format").asString()).isEqualTo("JAVA PROFILE 1.0.2");
		assertThat(json.get("objectCount").asLong()).isGreaterThan(700);
		assertThat(json.get("roots")).isNotEmpty();
	}

	@Test
	void summaryWhenSeveralDumpsShouldTellWhichOne() {
		HprofWriter two = SyntheticDumps.bus(10);
		two.nextDump().instance(two.objectClass());
		Path file = two.writeTo(this.folder.resolve("two.hprof"));
		assertThat(fine("summary", file).out()).contains("number 1 of 2, from 0");
		assertThat(json("summary", file, "--dump", 0).get("objectCount").asLong())
			.isGreaterThan(json("summary", file).get("objectCount").asLong());
	}

	@Test
	void histogramShouldCountEveryClassEachWay() {
		assertThat(fine("histogram", this.dump).out()).contains("OBJECTS", "SHALLOW", "com.acme.Listener", "byte[]");
		JsonNode scanned = row(json("histogram", this.dump, "--top", 0).get("classes"), "com.acme.Listener");
		assertThat(scanned.get("count").asLong()).isEqualTo(101);
		JsonNode analysed = json("histogram", this.dump, "--retained", "--top", 0);
		JsonNode listener = row(analysed.get("classes"), "com.acme.Listener");
		assertThat(listener.get("shallowBytes")).isEqualTo(scanned.get("shallowBytes"));
		assertThat(listener.get("retainedBytes").asLong()).isGreaterThan(100_000);
		assertThat(analysed.get("totalCount")).isEqualTo(json("histogram", this.dump).get("totalCount"));
	}

	@Test
	void histogramShouldShowAsManyRowsAsWanted() {
		assertThat(fine("histogram", this.dump, "--top", 1).out()).contains(" more; --top 0 shows all")
			.doesNotContain("com.acme.Listener");
		assertThat(fine("histogram", this.dump, "--top", 0).out()).doesNotContain("more; --top");
	}

	@Test
	void suspectsShouldNameTheHolder() {
		assertThat(fine("suspects", this.dump).out()).contains("1. static Bus.LISTENERS (ArrayList) holds 100 × ",
				"path      static com.acme.Bus.LISTENERS (java.util.ArrayList)");
		JsonNode suspect = json("suspects", this.dump, this.later).get("suspects").get(0);
		assertThat(suspect.get("holder").asString()).isEqualTo("static com.acme.Bus.LISTENERS (java.util.ArrayList)");
		assertThat(suspect.get("count").asLong()).isEqualTo(200);
		assertThat(fine("suspects", this.dump, this.later).out()).contains("has grown by 200 × Listener");
	}

	@Test
	void pathsShouldBeATree() {
		assertThat(fine("paths", this.dump).out()).containsPattern("  static Bus.LISTENERS \\(ArrayList\\)\n")
			.containsPattern("    \\[\\*] \\(Listener\\)\n")
			.containsPattern("      Listener.payload \\(byte\\[]\\)\n");
		JsonNode first = json("paths", this.dump).get("paths").get(0);
		assertThat(first.get("depth").asInt()).isZero();
		assertThat(first.get("className").asString()).isEqualTo("java.util.ArrayList");
	}

	@Test
	void pathsWhenClassIsGivenShouldKeepToIt() {
		for (String name : new String[] { "com.acme.Listener", "Listener", "*Listen*", "com.*.Listener" }) {
			assertThat(fine("paths", this.dump, "--class", name).out()).contains("Bus.LISTENERS", "Listener.payload")
				.doesNotContain("Chain.FIRST");
		}
		JsonNode paths = json("paths", this.dump, "--class", "Node").get("paths");
		assertThat(paths).hasSize(1);
		assertThat(paths.get(0).get("matches").asBoolean()).isTrue();
		assertThat(fine("paths", this.dump, "--class", "Nobody").out()).contains("No path");
	}

	@Test
	void dominatorsShouldFoldChains() {
		JsonNode rows = json("dominators", this.dump, "--top", 0).get("dominators");
		JsonNode chain = row(rows, "com.acme.Node");
		assertThat(chain.get("chainLength").asInt()).isGreaterThan(10);
		assertThat(chain.get("id").asString()).startsWith("0x");
		assertThat(fine("dominators", this.dump).out()).contains("java.util.ArrayList", "    java.lang.Object[]");
	}

	@Test
	void threadsShouldTellWhereTheyAreAndWhatTheyHold() {
		assertThat(fine("threads", this.dump).out()).contains("pool-1-thread-7", "com.acme.Shop.sell(Shop.java:12)");
		assertThat(fine("threads", this.dump, "--stacks").out()).contains("at com.acme.Shop.sell(Shop.java:12)");
		JsonNode thread = json("threads", this.dump).get("threads").get(0);
		assertThat(thread.get("retainedBytes").asLong()).isGreaterThan(4_000);
		assertThat(thread.get("frames").get(0).asString()).isEqualTo("com.acme.Shop.sell(Shop.java:12)");
	}

	@Test
	void loadersShouldBeListed() {
		assertThat(fine("loaders", this.dump).out()).contains("bootstrap");
		assertThat(json("loaders", this.dump).get("loaders").get(0).get("classCount").asLong()).isGreaterThan(4);
	}

	@Test
	void beansShouldTellHeldRetainedAndShared() {
		Path before = SyntheticDumps.beans(100).writeTo(this.folder.resolve("beans.hprof"));
		Path after = SyntheticDumps.beans(400).writeTo(this.folder.resolve("more.hprof"));
		assertThat(fine("beans", before).out()).contains("bean 'shop'", "com.acme.Shop", "SHARED");
		JsonNode bean = json("beans", before).get("beans").get(0);
		assertThat(bean.get("name").asString()).isEqualTo("shop");
		assertThat(bean.get("scope").asString()).isEqualTo("SINGLETON");
		assertThat(bean.get("retainedBytes").asLong()).isGreaterThan(100 * 1_000);
		JsonNode grown = json("diff", before, after).get("beans").get(0);
		assertThat(grown.get("label").asString()).isEqualTo("bean 'shop'");
		assertThat(grown.get("grownHolder").asString()).isEqualTo("bean 'shop' → com.acme.Shop.orders ([[B)");
		assertThat(fine("diff", before, after).out()).contains("Beans that have changed");
		assertThat(fine("suspects", before, after).out()).contains("1. bean 'shop' → Shop.orders (byte[][]) has grown");
	}

	@Test
	void collectionsShouldHaveEntriesAndHolder() {
		assertThat(fine("collections", this.dump).out())
			.containsPattern("100 +1 .*static Bus.LISTENERS \\(ArrayList\\)");
		JsonNode largest = json("collections", this.dump).get("collections").get(0);
		assertThat(largest.get("entryCount").asLong()).isEqualTo(100);
		assertThat(largest.get("entryClassName").asString()).isEqualTo("com.acme.Listener");
	}

	@Test
	void diffShouldTellWhatGrew() {
		assertThat(fine("diff", this.dump, this.later).out()).contains("Places that have grown",
				"static Bus.LISTENERS (ArrayList)", "+200", "Classes that have changed", "com.acme.Listener");
		JsonNode json = json("diff", this.dump, this.later);
		assertThat(json.get("paths").get(0).get("countDelta").asLong()).isEqualTo(200);
		assertThat(row(json.get("classes"), "com.acme.Listener").get("countAfter").asLong()).isEqualTo(301);
		assertThat(json.get("files")).hasSize(2);
	}

	@Test
	void diffWhenThreeFilesShouldTellWhatGrewEachTime() {
		Path between = SyntheticDumps.bus(200).writeTo(this.folder.resolve("between.hprof"));
		assertThat(fine("diff", this.dump, between, this.later).out()).contains("Places that kept growing", "+200");
		assertThat(fine("diff", this.dump, this.later, between).out()).doesNotContain("+100");
	}

	@Test
	void profileShouldBeReadInPlaceOfTheDump() throws IOException {
		Tool.Result saved = fine("profile", this.dump, "-o", this.profile);
		assertThat(saved.out()).contains(this.profile.toString());
		assertThat(Files.size(this.profile)).isLessThan(10_000);
		assertThat(fine("profile", this.later, "-o", this.profile).err()).isEmpty();
		for (String command : new String[] { "summary", "histogram", "suspects", "paths", "threads", "loaders",
				"collections" }) {
			assertThat(json(command, this.profile).get("command").asString()).isEqualTo(command);
			assertThat(fine(command, this.profile).out()).isNotEmpty();
		}
		assertThat(json("suspects", this.profile).get("suspects"))
			.isEqualTo(json("suspects", this.later).get("suspects"));
		assertThat(json("diff", this.dump, this.profile).get("paths").get(0).get("countDelta").asLong()).isEqualTo(200);
		Tool.Result refused = Tool.run("dominators", this.profile);
		assertThat(refused.code()).isEqualTo(Main.WRONG_USAGE);
		assertThat(refused.err()).contains("saved profile", "needs a dump").hasLineCount(1);
	}

	@Test
	void profileShouldReplaceNothingButProfiles() throws IOException {
		byte[] before = Files.readAllBytes(this.later);
		for (Path output : List.of(this.dump, this.later, this.folder)) {
			Tool.Result result = Tool.run("profile", this.dump, "-o", output);
			assertThat(result.code()).isEqualTo(Main.WRONG_USAGE);
			assertThat(result.err()).contains("not replaced").hasLineCount(1);
		}
		assertThat(Files.readAllBytes(this.later)).isEqualTo(before);
	}

	@ParameterizedTest
	@EnumSource(Command.class)
	void hostileNamesShouldHarmNeitherTerminalNorJson(Command command) {
		Path hostile = SyntheticDumps.hostile().writeTo(this.folder.resolve("hostile.hprof"));
		Object[] words = switch (command) {
			case DIFF -> new Object[] { "diff", this.dump, hostile };
			case PROFILE -> new Object[] { "profile", hostile, "-o", this.profile };
			case THREADS -> new Object[] { "threads", hostile, "--stacks" };
			default -> new Object[] { command.words(), hostile };
		};
		Tool.Result text = fine(words);
		assertThat(text.out().chars())
			.noneMatch((character) -> (Character.isISOControl(character) && character != '\n') || character == 0x202e);
		JsonNode json = json(words);
		assertThat(json.get("command").asString()).isEqualTo(command.words());
		if (command == Command.HISTOGRAM) {
			assertThat(row(json.get("classes"), SyntheticDumps.HOSTILE.replace('/', '.')).get("count").asLong())
				.isEqualTo(101);
		}
	}

	@Test
	void realDumpShouldBeToldByEveryCommand() {
		Path real = this.folder.resolve("real.hprof");
		Path grown = this.folder.resolve("real.hprof.gz");
		DumpedJvm.Dump counted;
		try (DumpedJvm jvm = DumpedJvm.start(DumpedJvm.javaHomes().get(0), "-Xmx64m", "-XX:+UseSerialGC")) {
			counted = jvm.dumpAll(real);
			jvm.dumpLiveCompressed(grown);
		}
		JsonNode node = row(json("histogram", real, "--top", 0).get("classes"), CHAIN_NODE);
		assertThat(counted.histogram()).containsEntry(CHAIN_NODE,
				new ClassCount(CHAIN_NODE, node.get("count").asLong(), node.get("shallowBytes").asLong()));
		assertThat(fine("suspects", real).out()).contains("HeapFixture");
		assertThat(fine("paths", real, "--class", "ChainNode").out()).contains("HeapFixture.chain (ChainNode)");
		assertThat(fine("threads", real).out()).contains("fixture-pool-1-thread-");
		assertThat(fine("collections", real).out()).contains("HeapFixture");
		assertThat(fine("loaders", real).out()).contains("PluginLoader");
		assertThat(fine("dominators", real).out()).contains("RETAINED");
		assertThat(json("diff", real, grown).get("classes")).isNotEmpty();
	}

	private static Tool.Result fine(Object... words) {
		Tool.Result result = Tool.run(words);
		assertThat(result.err()).isEmpty();
		assertThat(result.code()).isZero();
		return result;
	}

	private static JsonNode json(Object... words) {
		Object[] all = new Object[words.length + 1];
		System.arraycopy(words, 0, all, 0, words.length);
		all[words.length] = "--format=json";
		return fine(all).json();
	}

	private static JsonNode row(JsonNode rows, String className) {
		for (JsonNode each : rows) {
			if (each.get("className").asString().equals(className)) {
				return each;
			}
		}
		throw new AssertionError("no row of " + className);
	}

}
