package io.leakwatch.heap.analysis;

import java.nio.file.Path;

import io.leakwatch.heap.memory.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link LeafClasses}. */
class LeafClassesTests {

	private static final int ROOM = 65_534;

	private final Path folder;

	LeafClassesTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void getShouldTellClassesWhateverTheirNumber() {
		try (Memory memory = new Memory(1 << 20, this.folder)) {
			LeafClasses classes = new LeafClasses(100, 10, 200_000, memory);
			classes.set(100, 199_999);
			classes.set(101, 70_000);
			classes.set(109, 0);
			assertThat(classes.get(100)).isEqualTo(199_999);
			assertThat(classes.get(101)).isEqualTo(70_000);
			assertThat(classes.get(109)).isZero();
			assertThat(classes.get(102)).isEqualTo(LeafClasses.UNKNOWN);
		}
	}

	@Test
	void getWhenThereAreTooManyClassesShouldSaySoOfThoseBeyond() {
		try (Memory memory = new Memory(1 << 20, this.folder)) {
			int all = ROOM + 10;
			LeafClasses classes = new LeafClasses(0, all, all, memory);
			for (int leaf = 0; leaf < all; leaf++) {
				classes.set(leaf, all - 1 - leaf);
			}
			for (int leaf = 0; leaf < all; leaf++) {
				assertThat(classes.get(leaf)).isEqualTo((leaf < ROOM) ? all - 1 - leaf : LeafClasses.UNKNOWN);
			}
		}
	}

	@Test
	void getWhenEveryClassHasLeavesShouldTellAll() {
		try (Memory memory = new Memory(1 << 20, this.folder)) {
			LeafClasses classes = new LeafClasses(0, 3, 3, memory);
			for (int leaf = 0; leaf < 3; leaf++) {
				classes.set(leaf, leaf);
			}
			assertThat(classes.get(2)).isEqualTo(2);
		}
	}

}
