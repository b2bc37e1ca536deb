package io.leakwatch.autoconfigure;

import java.nio.file.Path;
import java.util.Objects;

import io.leakwatch.autoconfigure.LeakWatchSnapshotProperties.Analysis;
import io.leakwatch.core.snapshot.AnalyserProcess;
import io.leakwatch.core.snapshot.FallbackAnalyser;
import io.leakwatch.core.snapshot.InProcessAnalyser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what the properties of snapshots become.
 */
class CheckedSettingsTests {

	private final LeakWatchSnapshotProperties properties = new LeakWatchSnapshotProperties();

	@ParameterizedTest
	@CsvSource(value = { "shop, shop", "NULL, application", "'', application", "'../../etc/passwd', .._.._etc_passwd",
			"'my shop\\', my_shop_" }, nullValues = "NULL")
	void directoryWhenNotSetShouldBeOneFolderOfTheApplication(@Nullable String name, String suffix) {
		Path directory = directory(name);
		assertThat(directory.getParent()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
		assertThat(directory.getFileName().toString()).startsWith("leakwatch-").endsWith("-" + suffix);
	}

	@Test
	void directoryWhenTheNameIsLongShouldBeCut() {
		assertThat(directory("x".repeat(5000)).getFileName().toString()).hasSizeLessThanOrEqualTo(100);
	}

	@Test
	void directoryWhenSetShouldBeThat(@TempDir Path temporary) {
		this.properties.setDirectory(temporary);
		assertThat(directory("shop")).isEqualTo(temporary);
	}

	@Test
	void analysisShouldBeWhereThePropertySays() {
		assertThat(CheckedSettings.analyser(this.properties)).isInstanceOf(AnalyserProcess.class);
		this.properties.setAnalysis(Analysis.IN_PROCESS);
		assertThat(CheckedSettings.analyser(this.properties)).isInstanceOf(InProcessAnalyser.class);
		this.properties.setAnalysis(Analysis.PROCESS_THEN_IN_PROCESS);
		assertThat(CheckedSettings.analyser(this.properties)).isInstanceOf(FallbackAnalyser.class);
	}

	private Path directory(@Nullable String applicationName) {
		return Objects.requireNonNull(CheckedSettings.snapshots(this.properties, applicationName).directory());
	}

}
