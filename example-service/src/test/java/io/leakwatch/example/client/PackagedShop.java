package io.leakwatch.example.client;

import java.nio.file.Path;

/** The executable jar of the example service. */
public final class PackagedShop {

	private PackagedShop() {
	}

	/** Where the jar is. */
	public static Path jar() {
		String jar = System.getProperty("leakwatch.example.jar");
		if (jar == null) {
			throw new IllegalStateException("Run by Maven's verify, which packages the service and names its jar in "
					+ "-Dleakwatch.example.jar");
		}
		return Path.of(jar);
	}

}
