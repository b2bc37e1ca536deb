package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AnalyserClassPath}.
 */
class AnalyserClassPathTests {

	private static final String NESTED = ExecutableJar.NESTED;

	private final Path jars;

	private final Path folder;

	AnalyserClassPathTests(@TempDir Path jars, @TempDir Path folder) {
		this.jars = jars;
		this.folder = folder;
	}

	@Test
	void findShouldBeWhereTheTestsHaveTheClassesFrom() throws Exception {
		assertThat(new AnalyserClassPath().find(this.folder)).exists();
		assertThat(this.folder).isEmptyDirectory();
	}

	@Test
	void findWhenAPlainJarOrFolderShouldUseIt() throws Exception {
		Path jar = Files.createFile(this.jars.resolve("with space.jar"));
		assertThat(find(jar.toUri().toString())).isEqualTo(jar);
		assertThat(find("jar:" + jar.toUri() + "!/")).isEqualTo(jar);
		assertThat(find(this.jars.toUri().toString())).isEqualTo(this.jars);
		assertThat(this.folder).isEmptyDirectory();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jar:nested:%s/!" + NESTED + "!/", "jar:file:%s!/" + NESTED + "!/" })
	void findWhenNestedShouldCopyIt(String form) throws Exception {
		byte[] content = { 1, 2, 3, 4 };
		Path outer = outer("my app.jar", content);
		Path copy = find(form.formatted(outer.toUri().getRawPath()));
		assertThat(copy).hasBinaryContent(content).hasParentRaw(this.folder);
		assertThat(this.folder).isDirectoryContaining(copy::equals);
		try (Stream<Path> files = Files.list(this.folder)) {
			assertThat(files).hasSize(1);
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void findWhenNestedShouldCopyItForItsOwnerAlone() throws Exception {
		Path copy = find("jar:nested:" + outer("app.jar", new byte[9]).toUri().getRawPath() + "/!" + NESTED + "!/");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy))).isEqualTo("rw-------");
	}

	@Test
	void findShouldCopyOnceAndAnewAfterAStart() throws Exception {
		Path outer = outer("app.jar", new byte[] { 1 });
		String url = "jar:nested:" + outer.toUri().getRawPath() + "/!" + NESTED + "!/";
		AnalyserClassPath first = new AnalyserClassPath(url(url));
		Path copy = first.find(this.folder);
		outer("app.jar", new byte[] { 2 });
		assertThat(first.find(this.folder)).isEqualTo(copy).hasBinaryContent(new byte[] { 1 });
		assertThat(find(url)).isEqualTo(copy).hasBinaryContent(new byte[] { 2 });
		Files.delete(copy);
		assertThat(first.find(this.folder)).hasBinaryContent(new byte[] { 2 });
	}

	@ParameterizedTest
	@ValueSource(strings = { "jrt:/app.module", "vfs:/deployment/x.jar", "file:/no/such/place.jar",
			"jar:nested:/app.jar", "jar:nested:/no/such/app.jar/!x.jar!/", "file:relative" })
	void findWhenAJvmCannotReadItShouldSayWhatToDo(String url) {
		assertThatExceptionOfType(DumpAnalysisException.class).isThrownBy(() -> find(url))
			.withMessageContaining(url)
			.withMessageContaining("leakwatch.snapshots.analysis");
	}

	@Test
	void findWhenNobodyKnowsShouldSayWhatToDo() {
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> new AnalyserClassPath(null).find(this.folder))
			.withMessageContaining("leakwatch.snapshots.analysis");
	}

	@Test
	void findWhenTheNestedJarIsMissingShouldLeaveNothing() throws IOException {
		Path outer = outer("app.jar", new byte[1]);
		assertThatExceptionOfType(DumpAnalysisException.class)
			.isThrownBy(() -> find("jar:nested:" + outer.toUri().getRawPath() + "/!BOOT-INF/lib/other.jar!/"))
			.withMessageContaining("there is no BOOT-INF/lib/other.jar");
		assertThat(this.folder).isEmptyDirectory();
	}

	private Path find(String url) throws DumpAnalysisException, MalformedURLException {
		return new AnalyserClassPath(url(url)).find(this.folder);
	}

	/**
	 * A URL whatever its protocol, as class loaders with a handler of their own make it.
	 */
	private static URL url(String text) throws MalformedURLException {
		int colon = text.indexOf(':');
		String rest = text.substring(colon + 1);
		return new URL(null, text, new URLStreamHandler() {

			@Override
			protected @Nullable URLConnection openConnection(URL url) {
				throw new UnsupportedOperationException();
			}

			@Override
			protected void parseURL(URL url, String spec, int start, int limit) {
				setURL(url, text.substring(0, colon), null, -1, null, null, rest, null, null);
			}

		});
	}

	private Path outer(String name, byte[] content) throws IOException {
		return ExecutableJar.write(this.jars.resolve(name), content);
	}

}
