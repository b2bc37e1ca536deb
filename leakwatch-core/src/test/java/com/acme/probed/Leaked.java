package com.acme.probed;

/**
 * What a test leaks: of no package of LeakWatch, whose own classes are never suspects.
 */
public final class Leaked {

	@SuppressWarnings("unused")
	private final byte[] content = new byte[512];

}
