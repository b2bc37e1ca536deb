package io.leakwatch.autoconfigure.operation;

import io.leakwatch.core.operation.Expectations;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Expects that child contexts are collected after they were closed, and all beans with
 * them.
 */
final class ClosedContexts implements ApplicationListener<ContextClosedEvent> {

	private final Expectations expectations;

	private final ApplicationContext own;

	ClosedContexts(Expectations expectations, ApplicationContext own) {
		this.expectations = expectations;
		this.own = own;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() != this.own) {
			this.expectations.addOwn(event.getApplicationContext(), "closed application context");
		}
	}

}
