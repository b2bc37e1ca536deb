package io.leakwatch.autoconfigure.operation;

import io.leakwatch.core.operation.Expectations;
import io.leakwatch.core.operation.OperationRecorder;
import io.leakwatch.core.operation.Operations;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Has what the application tells by static methods come to this context, from its start
 * to its end.
 */
final class OperationsLifecycle implements SmartLifecycle {

	private final @Nullable OperationRecorder recorder;

	private final @Nullable Expectations expectations;

	private volatile boolean running;

	OperationsLifecycle(@Nullable OperationRecorder recorder, @Nullable Expectations expectations) {
		this.recorder = recorder;
		this.expectations = expectations;
	}

	@Override
	public void start() {
		this.running = true;
		if (this.recorder != null) {
			Operations.install(this.recorder);
		}
		if (this.expectations != null) {
			this.expectations.install();
		}
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.recorder != null) {
			Operations.remove(this.recorder);
		}
		if (this.expectations != null) {
			this.expectations.remove();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Before a web server takes requests, and after its end. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 8192;
	}

}
