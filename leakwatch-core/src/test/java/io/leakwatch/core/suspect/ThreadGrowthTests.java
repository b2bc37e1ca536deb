package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.leakwatch.core.signal.ThreadGroupCount;
import io.leakwatch.core.signal.ThreadUsage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link ThreadGrowth}.
 */
class ThreadGrowthTests {

	private final ThreadGrowth growth = new ThreadGrowth();

	private Instant now = Instant.EPOCH;

	@Test
	void findWhenAGroupGrowsShouldNameItAndNoOther() {
		for (int i = 0; i < 20; i++) {
			add(new ThreadGroupCount("pool-#-thread-#", 5 + i), new ThreadGroupCount("http-exec-#", 10 + i % 2),
					new ThreadGroupCount("main", 1));
		}
		assertThat(this.growth.find(this.now)).singleElement().satisfies((finding) -> {
			assertThat(finding.kind()).isEqualTo(SuspectKind.THREAD);
			assertThat(finding.severity()).isEqualTo(Severity.PROBABLE);
			assertThat(finding.holder())
				.isEqualTo("thread group 'pool-#-thread-#' (java.util.concurrent.ThreadPoolExecutor)");
			assertThat(finding.className()).isEqualTo("java.lang.Thread");
			assertThat(finding.count()).isEqualTo(24);
			assertThat(finding.growthPerMinute()).isCloseTo(4, within(1e-9));
			assertThat(finding.title())
				.isEqualTo("Threads named 'pool-#-thread-#' grow by 4 a minute; there are 24 now");
			assertThat(finding.evidence()).extracting(Evidence::detail).containsExactly("19 threads more in 285 s");
		});
		assertThat(this.growth.growthPerMinute("pool-#-thread-#")).isCloseTo(4, within(1e-9));
		assertThat(this.growth.growthPerMinute("main")).isZero();
		assertThat(this.growth.growthPerMinute("unknown")).isNull();
	}

	@Test
	void findWhenTheGainIsBelowTenThreadsShouldFindNothing() {
		for (int i = 0; i < 10; i++) {
			add(new ThreadGroupCount("pool-#", 1 + i));
			assertThat(this.growth.find(this.now)).isEmpty();
		}
	}

	@Test
	void findWhenAGroupHasJustBegunToGrowShouldBeNoMoreThanAWatch() {
		List<Severity> severities = new ArrayList<>();
		for (int i = 0; i < 18; i++) {
			add(new ThreadGroupCount("worker-#", 5 + 2 * i));
			this.growth.find(this.now).forEach((finding) -> severities.add(finding.severity()));
		}
		assertThat(severities.subList(0, 8)).containsOnly(Severity.WATCH);
		assertThat(severities.get(severities.size() - 1)).isEqualTo(Severity.PROBABLE);
	}

	@Test
	void findWhenTheGroupIsGoneShouldForgetIt() {
		for (int i = 0; i < 20; i++) {
			add(new ThreadGroupCount("pool-#", 5 + i));
		}
		assertThat(this.growth.find(this.now)).hasSize(1);
		add(new ThreadGroupCount("main", 1));
		assertThat(this.growth.find(this.now)).isEmpty();
		assertThat(this.growth.growthPerMinute("pool-#")).isNull();
	}

	@Test
	void addWhenThereAreVeryManyGroupsShouldFollowTheLargest() {
		for (int i = 0; i < 20; i++) {
			List<ThreadGroupCount> groups = new ArrayList<>();
			for (int group = 0; group < 5_000; group++) {
				groups.add(new ThreadGroupCount("g" + group, 10 + i));
			}
			this.now = this.now.plusSeconds(15);
			this.growth.add(this.now, new ThreadUsage(5_000, groups));
		}
		assertThat(this.growth.find(this.now)).hasSize(100);
		assertThat(this.growth.growthPerMinute("g99")).isPositive();
		assertThat(this.growth.growthPerMinute("g100")).isNull();
	}

	private void add(ThreadGroupCount... groups) {
		this.now = this.now.plusSeconds(15);
		this.growth.add(this.now, new ThreadUsage(100, List.of(groups)));
	}

}
