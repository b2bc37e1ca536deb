package io.leakwatch.example.shop;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.leakwatch.core.operation.MeasureAllocation;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes orders and finds them again.
 */
@Service
class OrderService {

	private static final int MOST_OF_ONE = 100;

	private final OrderRepository orders;

	private final QuoteService quotes;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	OrderService(OrderRepository orders, QuoteService quotes, ApplicationEventPublisher events, Clock clock) {
		this.orders = orders;
		this.quotes = quotes;
		this.events = events;
		this.clock = clock;
	}

	@Transactional
	@MeasureAllocation("place order")
	public OrderView place(NewOrder request) {
		if (request.sku() == null || request.customer() == null) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "An order needs a sku and a customer");
		}
		if (request.quantity() < 1 || request.quantity() > MOST_OF_ONE) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"quantity must be from 1 to " + MOST_OF_ONE + ", not " + request.quantity());
		}
		Quote quote = this.quotes.quote(request.sku());
		Order order = this.orders.save(new Order(quote.sku(), request.quantity(), request.customer(),
				request.quantity() * quote.priceCents(), this.clock.instant()));
		OrderView view = order.toView();
		this.events.publishEvent(new OrderPlaced(view));
		return view;
	}

	public Optional<OrderView> find(long id) {
		return this.orders.findById(id).map(Order::toView);
	}

	public List<OrderView> recent() {
		return this.orders.findTop20ByOrderByIdDesc().stream().map(Order::toView).toList();
	}

}
