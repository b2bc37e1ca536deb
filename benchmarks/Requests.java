import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the shop requests, and says how many were answered and how fast. Run as a single
 * source file: {@code java Requests.java PORT SECONDS RATE}. With a rate of 0 each of the
 * threads sends as fast as it is answered. With a rate, in requests a second, each is
 * sent when it is due, and its time counts from then, so that waiting for a stalled
 * service is not left out. Writes one line: requests a second, and the 50th, 99th and
 * 99.9th percentile of the time in microseconds.
 */
class Requests {

	private static final int THREADS = 4;

	private static final int PRODUCTS = 500;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String shop;

	private final long endNanos;

	private final long gapNanos;

	Requests(int port, int seconds, int rate) {
		this.shop = "http://127.0.0.1:" + port;
		this.endNanos = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
		this.gapNanos = (rate > 0) ? THREADS * 1_000_000_000L / rate : 0;
	}

	public static void main(String[] args) throws Exception {
		int seconds = Integer.parseInt(args[1]);
		Requests requests = new Requests(Integer.parseInt(args[0]), seconds, Integer.parseInt(args[2]));
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		List<Future<long[]>> running = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int thread = i;
			running.add(threads.submit(() -> requests.send(thread)));
		}
		long[] nanos = new long[0];
		for (Future<long[]> each : running) {
			int before = nanos.length;
			long[] more = each.get();
			nanos = Arrays.copyOf(nanos, before + more.length);
			System.arraycopy(more, 0, nanos, before, more.length);
		}
		threads.shutdown();
		Arrays.sort(nanos);
		System.out.printf("%.1f %d %d %d%n", (double) nanos.length / seconds, percentile(nanos, 0.5),
				percentile(nanos, 0.99), percentile(nanos, 0.999));
	}

	private static long percentile(long[] sorted, double share) {
		return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1000;
	}

	private long[] send(int thread) throws Exception {
		Random random = new Random(thread);
		long[] nanos = new long[1 << 16];
		int sent = 0;
		String order = "";
		long due = System.nanoTime() + thread * this.gapNanos / THREADS;
		while (due < this.endNanos) {
			while (due > System.nanoTime()) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
			HttpResponse<String> answer = this.client.send(request(sent, random, order), BodyHandlers.ofString());
			if (answer.statusCode() >= 300) {
				throw new IllegalStateException(answer.statusCode() + " " + answer.uri() + ": " + answer.body());
			}
			order = answer.headers().firstValue("Location").map((uri) -> URI.create(uri).getPath()).orElse(order);
			if (sent == nanos.length) {
				nanos = Arrays.copyOf(nanos, 2 * sent);
			}
			long now = System.nanoTime();
			nanos[sent++] = now - due;
			due = (this.gapNanos > 0) ? due + this.gapNanos : now;
		}
		return Arrays.copyOf(nanos, sent);
	}

	/** Six quotes, two orders, a look at the last of them, and one at the recent ones. */
	private HttpRequest request(int number, Random random, String order) {
		String sku = "SKU-%03d".formatted(1 + random.nextInt(PRODUCTS));
		return switch (number % 10) {
			case 1, 5 -> HttpRequest.newBuilder(URI.create(this.shop + "/orders"))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"sku\":\"%s\",\"quantity\":%d,\"customer\":\"customer-%d\"}"
					.formatted(sku, 1 + random.nextInt(9), random.nextInt(1000))))
				.build();
			case 6 -> HttpRequest.newBuilder(URI.create(this.shop + order)).build();
			case 9 -> HttpRequest.newBuilder(URI.create(this.shop + "/orders/recent")).build();
			default -> HttpRequest.newBuilder(URI.create(this.shop + "/products/" + sku + "/quote")).build();
		};
	}

}
