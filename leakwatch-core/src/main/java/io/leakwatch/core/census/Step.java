package io.leakwatch.core.census;

/**
 * A step of a holder's path; one is told from another by identity.
 */
interface Step {

	/**
	 * From a container or an array to its entries.
	 */
	Step ELEMENT = () -> "[*]";

	/**
	 * The step in words.
	 * @return the declaring class and the field, or a root's name
	 */
	String name();

}
