package io.leakwatch.autoconfigure.operation;

import java.util.Collections;

import io.leakwatch.core.operation.Expectations;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

/**
 * Expects that HTTP sessions are collected after their end, with the scoped beans in
 * them.
 */
final class ExpiredSessions implements HttpSessionListener {

	private static final String SCOPED_BEAN = "scopedTarget.";

	private static final int MOST_BEANS = 8;

	private final Expectations expectations;

	ExpiredSessions(Expectations expectations) {
		this.expectations = expectations;
	}

	@Override
	public void sessionDestroyed(HttpSessionEvent event) {
		HttpSession session = event.getSession();
		this.expectations.addOwn(session, "ended HTTP session");
		try {
			Collections.list(session.getAttributeNames())
				.stream()
				.filter((name) -> name.startsWith(SCOPED_BEAN))
				.limit(MOST_BEANS)
				.forEach((name) -> addBean(session.getAttribute(name)));
		}
		catch (RuntimeException ex) {
			// It ended already, or is kept elsewhere: its beans are not looked at.
		}
	}

	private void addBean(Object bean) {
		if (bean != null) {
			this.expectations.addOwn(bean, "session-scoped bean of an ended session");
		}
	}

}
