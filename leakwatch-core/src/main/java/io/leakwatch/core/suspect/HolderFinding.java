package io.leakwatch.core.suspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.leakwatch.core.census.HolderSize;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a holder that grows.
 *
 * @param lead the most telling of those that show this leak
 * @param company the others
 * @param applicationPackages the packages whose classes are the application's own
 */
record HolderFinding(GrowingHolder lead, List<GrowingHolder> company, List<String> applicationPackages) {

	/** The name of the signal. */
	static final String SIGNAL = "container-census";

	/** Says of a container that its elements have memory outside the heap. */
	static final String NATIVE_OWNERS = "native-owners";

	private static final int COMPANY_TOLD = 4;

	Finding toFinding(Instant now) {
		HolderSize size = this.lead.size();
		String className = className();
		double perMinute = this.lead.perMinute();
		List<Evidence> evidence = new ArrayList<>();
		evidence.add(new Evidence(SIGNAL, "%s has gained %s entries in %s s".formatted(size.holder(),
				Counts.number(this.lead.trend().gain()), this.lead.trend().span().toSeconds()), now));
		this.company.stream()
			.limit(COMPANY_TOLD)
			.forEach((each) -> evidence.add(new Evidence(SIGNAL,
					"%s grows with it, by %s a minute".formatted(each.size().holder(), Counts.number(each.perMinute())),
					now)));
		if (this.lead.size().ownsNative()) {
			evidence.add(new Evidence(NATIVE_OWNERS,
					"%s objects seem to have memory outside the Java heap, by the fields of their class"
						.formatted(this.lead.size().elementClass()),
					now));
		}
		return new Finding(SuspectKind.HEAP, this.lead.severity(), this.lead.trend().trend().confidence(),
				title(className, perMinute), className, size.holder(), size.entries(), perMinute, null,
				List.copyOf(evidence), advice(size));
	}

	/**
	 * The class that tells the most: of the elements, else of those of the company, else
	 * one of the JDK.
	 */
	private @Nullable String className() {
		return Stream.concat(Stream.of(this.lead), this.company.stream())
			.map((each) -> each.size().elementClass())
			.filter((each) -> each != null && ClassOrigin.of(each, this.applicationPackages) != ClassOrigin.JDK)
			.findFirst()
			.orElse(this.lead.size().elementClass());
	}

	private String title(@Nullable String className, double perMinute) {
		HolderPath path = this.lead.path();
		String what = (className != null) ? HolderPath.simpleName(className) + " objects" : "entries";
		String numbers = "%s more a minute, %s now".formatted(Counts.number(perMinute),
				Counts.number(this.lead.size().entries()));
		if (this.lead.size().isEdge()) {
			return "%s keeps an ever longer chain of objects linked by %s: %s".formatted(path.root(), path.shortField(),
					numbers);
		}
		if (path.declaringClass().isEmpty()) {
			return "%s keeps ever more %s: %s".formatted(path.root(), what, numbers);
		}
		if (path.root().equals("static")) {
			return "Static field %s keeps ever more %s: %s".formatted(path.shortField(), what, numbers);
		}
		return "%s keeps ever more %s in %s: %s".formatted(path.root(), what, path.shortField(), numbers);
	}

	private String advice(HolderSize size) {
		String element = (size.elementClass() != null) ? size.elementClass() : "";
		HolderPath path = this.lead.path();
		return HolderAdvice.of(path.field(), element, path.declaringClass(), size.containerClass(), size.holder());
	}

}
