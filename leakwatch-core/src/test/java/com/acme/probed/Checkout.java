package com.acme.probed;

import jdk.jfr.Event;
import jdk.jfr.Name;

/**
 * An event of the application's own, which is on by default in a recording.
 */
@Name("com.acme.probed.Checkout")
public final class Checkout extends Event {

}
