package io.leakwatch.heap.diff;

import java.time.Instant;
import java.util.List;

import io.leakwatch.heap.profile.ClassCount;
import io.leakwatch.heap.profile.HeapProfile;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeapDiff}.
 */
class HeapDiffTests {

	@Test
	void betweenShouldPutTheMostBytesGainedFirst() {
		HeapDiff diff = HeapDiff.between(profile(new ClassCount("small", 1, 10), new ClassCount("large", 1, 10)),
				profile(new ClassCount("small", 9, 20), new ClassCount("large", 2, 500)));
		assertThat(diff.classes()).containsExactly(new ClassDelta("large", 1, 2, 10, 500),
				new ClassDelta("small", 1, 9, 10, 20));
	}

	@Test
	void betweenWhenBytesAreEqualShouldPutMoreInstancesFirstThenTheName() {
		HeapDiff diff = HeapDiff.between(profile(), profile(new ClassCount("few", 1, 100),
				new ClassCount("many.b", 5, 100), new ClassCount("many.a", 5, 100)));
		assertThat(diff.classes()).extracting(ClassDelta::className).containsExactly("many.a", "many.b", "few");
	}

	@Test
	void betweenWhenClassIsAbsentInOneShouldCountItAsZeroThere() {
		HeapDiff diff = HeapDiff.between(profile(new ClassCount("gone", 4, 64)), profile(new ClassCount("new", 2, 48)));
		assertThat(diff.classes()).containsExactly(new ClassDelta("new", 0, 2, 0, 48),
				new ClassDelta("gone", 4, 0, 64, 0));
		assertThat(diff.classes().get(1).countDelta()).isEqualTo(-4);
		assertThat(diff.classes().get(1).shallowBytesDelta()).isEqualTo(-64);
	}

	@Test
	void betweenWhenClassIsUnchangedShouldLeaveItOut() {
		HeapDiff diff = HeapDiff.between(profile(new ClassCount("same", 4, 64), new ClassCount("arrays", 4, 64)),
				profile(new ClassCount("same", 4, 64), new ClassCount("arrays", 4, 80)));
		assertThat(diff.classes()).containsExactly(new ClassDelta("arrays", 4, 4, 64, 80));
	}

	@Test
	void betweenWhenProfilesAreEqualShouldBeEmpty() {
		HeapProfile profile = profile(new ClassCount("a", 1, 100));
		HeapDiff diff = HeapDiff.between(profile, profile);
		assertThat(diff.classes()).isEmpty();
		assertThat(diff.before()).isSameAs(profile);
		assertThat(diff.after()).isSameAs(profile);
	}

	private static HeapProfile profile(ClassCount... classes) {
		return HeapProfile.of(Instant.EPOCH, List.of(classes));
	}

}
