package io.leakwatch.autoconfigure.metrics;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.leakwatch.core.operation.LeakWatch;
import io.leakwatch.core.operation.OperationRecorder;
import io.leakwatch.core.operation.Operations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

/**
 * What it costs a call to be measured: with the meter in a Prometheus registry, and while
 * nobody takes what is measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OperationBenchmark {

	private final Callable<Integer> work = () -> 42;

	private final OperationRecorder recorder = recorder();

	private static OperationRecorder recorder() {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("registry", new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
		return new OperationMeters(beans.getBeanProvider(MeterRegistry.class));
	}

	/** Before each run of one of the benchmarks. */
	@Setup
	public void install() {
		Operations.install(this.recorder);
	}

	/** After it. */
	@TearDown
	public void remove() {
		Operations.remove(this.recorder);
	}

	/**
	 * The work alone.
	 * @return its result
	 * @throws Exception never
	 */
	@Benchmark
	public Object work() throws Exception {
		return this.work.call();
	}

	/**
	 * The work, measured.
	 * @return its result
	 * @throws Exception never
	 */
	@Benchmark
	public Object measured() throws Exception {
		return LeakWatch.measure("work", this.work);
	}

}
