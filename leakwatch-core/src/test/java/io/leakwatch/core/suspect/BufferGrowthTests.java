package io.leakwatch.core.suspect;

import java.time.Instant;

import io.leakwatch.core.signal.BufferUsage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BufferGrowthTests {

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void findWhenTheyAreLevelShouldFindNothing() {
		BufferGrowth growth = BufferGrowth.direct();
		ticks(growth, 40, 0);
		assertThat(growth.find(this.now)).isEmpty();
	}

	@Test
	void findWhenNoCollectionHasShownWhatIsLeftShouldBeAWatch() {
		BufferGrowth growth = BufferGrowth.direct();
		ticks(growth, 40, 1);
		assertThat(growth.find(this.now)).singleElement().satisfies((found) -> {
			assertThat(found.kind()).isEqualTo(SuspectKind.DIRECT_MEMORY);
			assertThat(found.severity()).isEqualTo(Severity.WATCH);
			assertThat(found.title()).startsWith("Direct buffers grow by ");
			assertThat(found.count()).isEqualTo(139);
		});
	}

	@Test
	void findWhenCollectionsLeaveMoreShouldBeProbable() {
		BufferGrowth growth = BufferGrowth.direct();
		ticksAndCollections(growth);
		assertThat(growth.find(this.now)).extracting(Finding::severity).containsExactly(Severity.PROBABLE);
	}

	@Test
	void findWhenFilesAreMappedShouldBeAWatchBecauseFilesGetLonger() {
		BufferGrowth growth = BufferGrowth.mapped();
		ticksAndCollections(growth);
		assertThat(growth.find(this.now)).singleElement().satisfies((found) -> {
			assertThat(found.severity()).isEqualTo(Severity.WATCH);
			assertThat(found.title()).startsWith("Mapped buffers grow by ");
			assertThat(found.evidence()).extracting(Evidence::signal).containsExactly("mapped-buffers");
		});
	}

	private void ticksAndCollections(BufferGrowth growth) {
		for (int i = 0; i < 40; i++) {
			growth.addAfterCollection(this.now, usage(100 + i));
			growth.add(this.now, usage(100 + i));
			this.now = this.now.plusSeconds(15);
		}
	}

	private void ticks(BufferGrowth growth, int ticks, int more) {
		for (int i = 0; i < ticks; i++) {
			growth.add(this.now, usage(100 + more * i));
			this.now = this.now.plusSeconds(15);
		}
	}

	private static BufferUsage usage(int megabytes) {
		return new BufferUsage(megabytes, (long) megabytes << 20, null);
	}

}
