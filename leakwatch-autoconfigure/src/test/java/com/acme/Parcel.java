package com.acme;

/** What is hoarded. */
public final class Parcel {

	private final long number;

	private final byte[] content;

	Parcel(long number, byte[] content) {
		this.number = number;
		this.content = content;
	}

	@Override
	public String toString() {
		return "parcel " + this.number + " of " + this.content.length;
	}

}
