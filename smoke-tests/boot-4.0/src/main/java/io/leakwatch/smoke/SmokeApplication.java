package io.leakwatch.smoke;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;

/**
 * A service with one cache and one page.
 */
@SpringBootApplication
@EnableCaching
public class SmokeApplication {

	/**
	 * Starts the service.
	 * @param args properties, as {@code --server.port=8080}
	 */
	public static void main(String[] args) {
		SpringApplication.run(SmokeApplication.class, args);
	}

}
