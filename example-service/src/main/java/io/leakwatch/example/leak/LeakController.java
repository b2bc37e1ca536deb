package io.leakwatch.example.leak;

import java.util.List;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/leaks")
class LeakController {

	private final Leaks leaks;

	LeakController(Leaks leaks) {
		this.leaks = leaks;
	}

	@GetMapping
	List<LeakStatus> list() {
		return this.leaks.list();
	}

	@PostMapping("/{id}")
	LeakStatus on(@PathVariable String id) {
		return this.leaks.switchOn(id);
	}

	@DeleteMapping("/{id}")
	LeakStatus off(@PathVariable String id, @RequestParam(defaultValue = "false") boolean release) {
		return this.leaks.switchOff(id, release);
	}

}
