package io.leakwatch.example.load;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/load")
class LoadController {

	private static final int MOST = 2_000;

	private final LoadGenerator generator;

	LoadController(LoadGenerator generator) {
		this.generator = generator;
	}

	@GetMapping
	LoadStatus status() {
		return this.generator.status();
	}

	@PostMapping
	LoadStatus start(@RequestParam int rate) {
		if (rate < 1 || rate > MOST) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"rate must be from 1 to " + MOST + " requests per second, not " + rate);
		}
		return this.generator.start(rate);
	}

	@DeleteMapping
	LoadStatus stop() {
		return this.generator.stop();
	}

}
