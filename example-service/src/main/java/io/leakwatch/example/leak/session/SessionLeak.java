package io.leakwatch.example.leak.session;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.leakwatch.example.leak.Leak;
import io.leakwatch.example.leak.LeakDescription;
import io.leakwatch.example.leak.LeakKind;
import io.leakwatch.example.shop.OrderView;
import jakarta.servlet.http.HttpSession;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.apache.catalina.session.ManagerBase;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Puts a cart into the session of each customer who orders. A customer without cookies
 * gets a new session with each order, and no session expires.
 */
@Component
class SessionLeak implements Leak, TomcatContextCustomizer {

	private static final String CART = "cart";

	private final AtomicLong leaked = new AtomicLong();

	private @Nullable Context context;

	@Override
	public void customize(Context context) {
		this.context = context;
	}

	@Override
	public LeakDescription describe() {
		return new LeakDescription("session", LeakKind.HEAP,
				"Each order without a cookie makes an HTTP session with a cart of about 1 KB, and no session expires.",
				Cart.class,
				LeakDescription.holder("HTTP sessions", ManagerBase.class, "sessions", ConcurrentHashMap.class));
	}

	@Override
	public void leak(OrderView order) {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			HttpSession session = attributes.getRequest().getSession();
			if (session.isNew()) {
				session.setMaxInactiveInterval(-1);
				this.leaked.incrementAndGet();
			}
			session.setAttribute(CART, new Cart(List.of(order), ("You may also like: " + order + ". ").repeat(7)));
		}
	}

	@Override
	public long leaked() {
		return this.leaked.get();
	}

	/**
	 * Ends the sessions. Tomcat's manager is asked for them, because a list of our own
	 * would be a second leak.
	 */
	@Override
	public void release() {
		if (this.context != null) {
			for (Session session : this.context.getManager().findSessions()) {
				if (session.getSession().getAttribute(CART) != null) {
					session.expire();
				}
			}
		}
		this.leaked.set(0);
	}

}
