package io.leakwatch.core.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.leakwatch.heap.profile.HeapProfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SnapshotStore}.
 */
class SnapshotStoreTests {

	private static final HeapProfile NOTHING = HeapProfile.of(Instant.EPOCH, List.of());

	private final SnapshotStore store = store(4);

	private int number;

	@Test
	void findShouldLookForIdThenLabel() {
		Snapshot first = add("before", false);
		Snapshot second = add("after", false);
		Snapshot third = add("before", false);
		assertThat(this.store.find(first.id())).contains(first);
		assertThat(this.store.find("after")).contains(second);
		assertThat(this.store.find("before")).as("the newest of that label").contains(third);
		assertThat(this.store.find("unknown")).isEmpty();
		assertThat(this.store.find("")).isEmpty();
	}

	@Test
	void findWhenBaselineIsAskedForShouldTakeTheLabelOrElseTheOldest() {
		assertThat(this.store.find("baseline")).isEmpty();
		Snapshot first = add(null, true);
		Snapshot second = add(null, false);
		assertThat(this.store.find("baseline")).contains(first);
		Snapshot labelled = add("baseline", false);
		assertThat(this.store.find("baseline")).contains(labelled);
		this.store.delete(labelled.id());
		this.store.delete(first.id());
		assertThat(this.store.find("baseline")).contains(second);
	}

	@Test
	void findWhenLatestIsAskedForShouldTakeTheNewestWhateverTheLabels() {
		assertThat(this.store.find("latest")).isEmpty();
		add("latest", false);
		Snapshot newest = add(null, false);
		assertThat(this.store.find("latest")).contains(newest);
	}

	@Test
	void addWhenFullShouldDropTheOldestAutomaticOneButTheBaseline() {
		Snapshot baseline = add("baseline", true);
		Snapshot asked = add(null, false);
		add(null, true);
		Snapshot automatic = add(null, true);
		Snapshot newest = add(null, true);
		assertThat(this.store.list()).containsExactly(baseline, asked, automatic, newest);
	}

	@Test
	void addWhenFullOfAskedOnesShouldDropTheOldestButTheBaseline() {
		Snapshot baseline = add("baseline", true);
		add(null, false);
		Snapshot second = add(null, false);
		Snapshot third = add(null, false);
		Snapshot newest = add(null, true);
		assertThat(this.store.list()).containsExactly(baseline, second, third, newest);
	}

	@Test
	void addWhenAnOlderOneIsLabelledLatestShouldStillKeepTheNewest() {
		Snapshot baseline = add("baseline", true);
		add("latest", false);
		for (int i = 0; i < 10; i++) {
			Snapshot newest = add(null, true);
			assertThat(this.store.list()).contains(baseline, newest).hasSizeLessThanOrEqualTo(4);
		}
	}

	@Test
	void addWhenOnlyTwoAreKeptShouldKeepTheBaselineAndTheNewest() {
		SnapshotStore two = store(2);
		Snapshot baseline = snapshot("baseline", true);
		two.add(baseline, NOTHING);
		for (int i = 0; i < 5; i++) {
			Snapshot newest = snapshot(null, i % 2 == 0);
			two.add(newest, NOTHING);
			assertThat(two.list()).containsExactly(baseline, newest);
		}
	}

	@Test
	void findWhenNotReadyShouldFindItByIdAlone() {
		Snapshot capturing = snapshot("label", false).with(SnapshotState.CAPTURING, null, null, null, null, null);
		this.store.begin(capturing);
		assertThat(this.store.find(capturing.id())).contains(capturing);
		assertThat(this.store.find("label")).isEmpty();
		assertThat(this.store.find("latest")).isEmpty();
		assertThat(this.store.find("baseline")).isEmpty();
		assertThatExceptionOfType(SnapshotUnreadableException.class)
			.isThrownBy(() -> this.store.profile(capturing.id()))
			.withMessageContaining("not ready");
	}

	@Test
	void updateWhenItWasDeletedShouldNotBringItBack() {
		Snapshot capturing = snapshot(null, false).with(SnapshotState.CAPTURING, null, null, null, null, null);
		this.store.begin(capturing);
		this.store.delete(capturing.id());
		assertThat(this.store.update(capturing)).isFalse();
		assertThat(this.store.finish(capturing, NOTHING)).isFalse();
		assertThat(this.store.list()).isEmpty();
	}

	@Test
	void updateWhenManyHaveFailedShouldKeepAFewAndNoneOfTheReadyGoesForThem() {
		Snapshot first = add(null, false);
		for (int i = 0; i < 9; i++) {
			Snapshot capturing = snapshot(null, false);
			this.store.begin(capturing);
			this.store.update(capturing.with(SnapshotState.FAILED, null, null, "on purpose", null, null));
		}
		assertThat(this.store.list()).hasSize(6).contains(first);
		assertThat(this.store.list()).extracting(Snapshot::id).endsWith("h10").doesNotContain("h5");
	}

	@Test
	void addWhenFullShouldNeverDropOneThatIsUnderWay() {
		Snapshot capturing = snapshot(null, true).with(SnapshotState.ANALYSING, null, null, null, null, null);
		this.store.begin(capturing);
		for (int i = 0; i < 10; i++) {
			add(null, true);
		}
		assertThat(this.store.list()).contains(capturing).hasSize(5);
	}

	@Test
	void deleteShouldTellWhetherThereWasOne() {
		Snapshot snapshot = add("label", false);
		assertThat(this.store.delete("label")).isFalse();
		assertThat(this.store.delete(snapshot.id())).isTrue();
		assertThat(this.store.delete(snapshot.id())).isFalse();
		assertThat(this.store.list()).isEmpty();
	}

	@Test
	void profileWhileSnapshotsAreAddedShouldBeThereForEachThatIsSeen() throws InterruptedException {
		SnapshotStore many = store(2_000);
		Thread adder = new Thread(() -> {
			for (int i = 0; i < 1_000; i++) {
				many.add(snapshot(null, true), NOTHING);
			}
		});
		adder.start();
		while (adder.isAlive()) {
			List<Snapshot> seen = many.list();
			if (!seen.isEmpty()) {
				assertThat(many.profile(seen.get(seen.size() - 1).id())).isSameAs(NOTHING);
			}
		}
		adder.join();
		assertThat(many.list()).hasSize(1_000);
	}

	private static SnapshotStore store(int maximumCount) {
		return new SnapshotStore(new SnapshotSettings(Duration.ZERO, Duration.ZERO, null, maximumCount),
				new Problems());
	}

	private Snapshot add(@Nullable String label, boolean automatic) {
		Snapshot snapshot = snapshot(label, automatic);
		this.store.add(snapshot, NOTHING);
		return snapshot;
	}

	private Snapshot snapshot(@Nullable String label, boolean automatic) {
		return new Snapshot("h" + ++this.number, SnapshotKind.HISTOGRAM, SnapshotState.READY, label, automatic, false,
				true, false, Instant.EPOCH, Duration.ZERO, Duration.ZERO, null, null, SnapshotTotals.of(NOTHING), null);
	}

}
