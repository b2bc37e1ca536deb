package io.leakwatch.smoke;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Squares over HTTP.
 */
@RestController
class SquareController {

	private final Squares squares;

	SquareController(Squares squares) {
		this.squares = squares;
	}

	@GetMapping("/squares/{number}")
	int square(@PathVariable int number) {
		return this.squares.of(number);
	}

}
