package com.acme;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An application's bean that holds parcels, and secrets that nobody may see. */
public final class Hoard {

	/** What must not be found anywhere. */
	public static final String SECRET = "marker-5ecret-7f2a";

	private final List<Parcel> parcels = Collections.synchronizedList(new ArrayList<>());

	private final String text = String.join("", List.of(SECRET));

	private final char[] characters = SECRET.toCharArray();

	private final byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_16BE);

	/** Keeps so many parcels more. */
	public void hoard(int count) {
		for (int i = 0; i < count; i++) {
			this.parcels.add(new Parcel(i, new byte[512]));
		}
	}

	/** Whether all of its secrets contain something. */
	public boolean holds(String what) {
		return this.text.contains(what) && new String(this.characters).contains(what)
				&& new String(this.bytes, StandardCharsets.UTF_16BE).contains(what);
	}

}
