package io.leakwatch.autoconfigure.operation;

import io.leakwatch.core.operation.Operations;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Measures what servlet requests allocate, as an operation that is called by method and
 * path pattern. A request that ends on another thread than it began on is not measured,
 * as its thread did other work meanwhile.
 */
final class HttpAllocationHandler implements ObservationHandler<ServerRequestObservationContext> {

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof ServerRequestObservationContext;
	}

	@Override
	public void onStart(ServerRequestObservationContext context) {
		context.put(Begin.class, new Begin(Thread.currentThread(), Operations.begin()));
	}

	@Override
	public void onStop(ServerRequestObservationContext context) {
		Begin begin = context.get(Begin.class);
		if (begin != null) {
			boolean sameThread = begin.thread == Thread.currentThread();
			Operations.end(operation(context), sameThread ? begin.mark : Operations.UNKNOWN);
		}
	}

	/** Paths that no pattern fits are up to the client, and told as one. */
	private static String operation(ServerRequestObservationContext context) {
		String pattern = context.getPathPattern();
		return (pattern != null && context.getCarrier() != null) ? context.getCarrier().getMethod() + " " + pattern
				: "other";
	}

	/** Where a request has begun. */
	private record Begin(Thread thread, long mark) {
	}

}
