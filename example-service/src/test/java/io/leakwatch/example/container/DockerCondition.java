package io.leakwatch.example.container;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * The condition that a Docker engine answers.
 */
class DockerCondition implements ExecutionCondition {

	/**
	 * The environment variable that makes a missing engine a failure when it is
	 * {@code required}.
	 */
	static final String MODE = "LEAKWATCH_TEST_DOCKER";

	private static final org.slf4j.Logger logger = LoggerFactory.getLogger(DockerCondition.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (context.getTestMethod().isPresent()) {
			return ConditionEvaluationResult.enabled("Decided for the class");
		}
		boolean required = "required".equals(System.getenv(MODE));
		if (!required) {
			// One line of ours instead of a page about every way that was tried.
			((Logger) LoggerFactory.getLogger("org.testcontainers.dockerclient")).setLevel(Level.OFF);
		}
		if (DockerClientFactory.instance().isDockerAvailable()) {
			return ConditionEvaluationResult.enabled("A Docker engine answers");
		}
		if (required) {
			throw new IllegalStateException(
					"No Docker engine answers, and " + MODE + "=required: start one, or point DOCKER_HOST to one");
		}
		String reason = "Container tests are skipped, no Docker engine answers: start one, or point DOCKER_HOST to one ("
				+ MODE + "=required makes this a failure)";
		logger.warn(reason);
		return ConditionEvaluationResult.disabled(reason);
	}

}
