package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.leakwatch.core.operation.Overdue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OverdueObjects}.
 */
class OverdueObjectsTests {

	private static final Instant NOW = Instant.EPOCH.plusSeconds(300);

	@Test
	void findWhenTheApplicationExpectedItShouldBeProbableAtOnce() {
		assertThat(find(1, true, null)).satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.kind()).isEqualTo(SuspectKind.HEAP);
			assertThat(finding.title())
				.isEqualTo("1 Order object is still there and should have been collected: shipped");
			assertThat(finding.evidence()).containsExactly(new Evidence("expected-collected",
					"1 expected to be collected are still there, the oldest for 300 s", NOW));
		});
	}

	@Test
	void findWhenLeakWatchExpectedItShouldWaitForSeveral() {
		assertThat(find(7, false, null).severity()).isEqualTo(Severity.WATCH);
		assertThat(find(8, false, null).severity()).isEqualTo(Severity.PROBABLE);
	}

	@Test
	void findWhenADumpHasThemShouldTellTheHolder() {
		DumpedHolders dumped = new DumpedHolders(DumpedHoldersTests.dump(0, 3, 0), null, Set.of("com.acme.Order"));
		assertThat(find(3, true, dumped).holder()).isEqualTo(DumpedHoldersTests.RECENT);
		assertThat(find(3, true, new DumpedHolders(DumpedHoldersTests.dump(0, 3, 0), null, Set.of())).holder())
			.isNull();
	}

	private static Finding find(int count, boolean asked, @Nullable DumpedHolders dumped) {
		Overdue overdue = new Overdue(new Overdue.Kind("com.acme.Order", "shipped", asked), count, Instant.EPOCH);
		List<Finding> findings = OverdueObjects.find(List.of(overdue), dumped, NOW);
		assertThat(findings).hasSize(1);
		return findings.get(0);
	}

}
