package io.leakwatch.core.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link LowPriority}.
 */
@DisabledOnOs(OS.WINDOWS)
class LowPriorityTests {

	/** Does as the real ones do: runs what follows its two words. */
	private static final String WORKS = "#!/bin/sh\n[ $# = 0 ] && exit 0\nshift 2\nexec \"$@\"\n";

	private static final String FORBIDDEN = "#!/bin/sh\nexit 1\n";

	private final Path folder;

	LowPriorityTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void prefixWhenBothWorkShouldHaveBoth() throws Exception {
		Path nice = program("nice", WORKS);
		Path ionice = program("ionice", WORKS);
		assertThat(prefix()).containsExactly(nice.toString(), "-n", "19", ionice.toString(), "-c", "3");
	}

	@Test
	void prefixWhenOneIsForbiddenShouldHaveTheOther() throws Exception {
		Path nice = program("nice", WORKS);
		program("ionice", FORBIDDEN);
		assertThat(prefix()).containsExactly(nice.toString(), "-n", "19");
	}

	@Test
	void prefixWhenNeitherWorksShouldBeEmpty() throws Exception {
		assertThat(prefix()).isEmpty();
		program("nice", FORBIDDEN);
		program("ionice", WORKS);
		assertThat(prefix()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", "/no/such/folder:relative/folder", "\0" })
	void prefixWhenTheSearchPathLeadsNowhereShouldBeEmpty(String searchPath) throws Exception {
		assertThat(new LowPriority(searchPath).prefix()).isEmpty();
	}

	@Test
	void offerAsVictimWhenTheProcessIsGoneShouldDoNothing() {
		assertThatNoException().isThrownBy(() -> LowPriority.offerAsVictim(Long.MAX_VALUE));
	}

	private Iterable<String> prefix() throws InterruptedException {
		return new LowPriority("/no/such/folder:" + this.folder).prefix();
	}

	private Path program(String name, String script) throws IOException {
		Path file = Files.writeString(this.folder.resolve(name), script);
		assertThat(file.toFile().setExecutable(true)).isTrue();
		return file;
	}

}
