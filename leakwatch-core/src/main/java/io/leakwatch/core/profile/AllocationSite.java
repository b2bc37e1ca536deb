package io.leakwatch.core.profile;

/**
 * A line of code that allocates what a suspect is made of.
 *
 * @param site the line, {@code com.acme.OrderService.place(OrderService.java:41)}; the
 * file is inferred from the class, as Flight Recorder does not tell it
 * @param className the class of most objects that were sampled there, as the JVM writes
 * it; often {@code [B}, below what is asked for
 * @param samples how many were sampled there
 * @param share of all that were sampled for the suspect, weighed by age; 0 to 1
 * @param confidence that the suspect is allocated there, 0 to 1; at most 0.3 where it
 * rests on allocations alone
 * @param survived whether the samples are of objects that are still there, not just of
 * allocations
 */
public record AllocationSite(String site, String className, int samples, double share, double confidence,
		boolean survived) {
}
