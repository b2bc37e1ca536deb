package io.leakwatch.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that a test moves on. While it is held, whoever asks for the time waits.
 */
public final class SettableClock extends Clock {

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private boolean held;

	private int waiting;

	/** Moves it on. */
	public synchronized void advance(Duration by) {
		this.now = this.now.plus(by);
	}

	/** Lets all wait who ask. */
	public synchronized void hold() {
		this.held = true;
	}

	/** Answers them. */
	public synchronized void release() {
		this.held = false;
		notifyAll();
	}

	/** How many wait. */
	public synchronized int waiting() {
		return this.waiting;
	}

	@Override
	public synchronized Instant instant() {
		this.waiting++;
		try {
			while (this.held) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.waiting--;
		return this.now;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

}
