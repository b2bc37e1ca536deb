package io.leakwatch.heap.profile;

/**
 * The name of a class that is the same in each run of a program. The JVM and some
 * libraries make classes while a program runs and number them as they come, by an
 * address, a counter or by chance; told apart by these, the same classes of two instances
 * of one service would be different ones.
 */
public final class StableName {

	/** What follows is a number, an address or random letters. */
	private static final String[] MARKS = { "$$Lambda", "BySpringCGLIB$$", "ByCGLIB$$", "$HibernateProxy$",
			"$ByteBuddy$", "$MockitoMock$", "$$_javassist_", "_$$_jvst" };

	/** What ends a name is followed by a number in some of them. */
	private static final String[] NUMBERED = { ".$Proxy", ".GeneratedMethodAccessor", ".GeneratedConstructorAccessor",
			".GeneratedSerializationConstructorAccessor" };

	/** The packages of proxies of public interfaces, one for each class loader. */
	private static final String PROXY_PACKAGE = "jdk.proxy";

	private StableName() {
	}

	/**
	 * The stable name of a class. Lambdas of one class have the same name, as have all
	 * proxies of a package.
	 * @param className the binary name, also of an array
	 * @return the name without what differs from run to run; mostly the same string
	 */
	public static String ofClass(String className) {
		int length = className.length();
		boolean array = length > 2 && className.charAt(0) == '[' && className.charAt(length - 1) == ';';
		int end = array ? length - 1 : length;
		int kept = Math.min(Math.min(afterMark(className, end), hidden(className, end)), numbered(className, end));
		if (kept == end) {
			return className;
		}
		return withoutProxyNumber(className.substring(0, kept)) + (array ? ";" : "");
	}

	/**
	 * The stable name of a field.
	 * @param field the declaring class and the field, as in {@code com.acme.Shop.orders},
	 * after any words that end in a space; or words that have no class
	 * @return the field with the stable name of its class
	 */
	public static String ofField(String field) {
		int dot = field.lastIndexOf('.');
		if (dot < 0) {
			return field;
		}
		String declaring = field.substring(0, dot);
		String stable = ofClass(declaring);
		return stable.equals(declaring) ? field : stable + field.substring(dot);
	}

	private static int afterMark(String name, int end) {
		for (String mark : MARKS) {
			int at = name.indexOf(mark);
			if (at > 0) {
				return Math.min(end, at + mark.length());
			}
		}
		return end;
	}

	/**
	 * Where the address of a hidden class begins, or the number of a class of
	 * {@code Unsafe.defineAnonymousClass}: after a slash, which heap dumps write as
	 * another character.
	 */
	private static int hidden(String name, int end) {
		int at = end;
		while (at > 0 && Character.digit(name.charAt(at - 1), 16) >= 0) {
			at--;
		}
		if (at > 2 && at < end && name.charAt(at - 1) == 'x' && name.charAt(at - 2) == '0') {
			at -= 2;
		}
		boolean separated = at > 1 && at < end && isSeparator(name.charAt(at - 1));
		return (separated && Character.isDigit(name.charAt(at))) ? at - 1 : end;
	}

	/** No name of a class that a compiler made has a digit after one of them. */
	private static boolean isSeparator(char character) {
		return character == '/' || character == '+' || character == '.';
	}

	private static int numbered(String name, int end) {
		int at = end;
		while (at > 0 && Character.isDigit(name.charAt(at - 1))) {
			at--;
		}
		if (at < end) {
			for (String mark : NUMBERED) {
				if (name.startsWith(mark, at - mark.length())) {
					return at;
				}
			}
		}
		return end;
	}

	private static String withoutProxyNumber(String name) {
		int start = name.lastIndexOf('[') + 1;
		start += (start > 0) ? 1 : 0;
		if (!name.startsWith(PROXY_PACKAGE, start)) {
			return name;
		}
		int dot = name.indexOf('.', start + PROXY_PACKAGE.length());
		return (dot < 0) ? name : name.substring(0, start + PROXY_PACKAGE.length()) + name.substring(dot);
	}

}
