package io.leakwatch.autoconfigure.operation;

import io.leakwatch.autoconfigure.LeakWatchAutoConfiguration;
import io.leakwatch.autoconfigure.metrics.LeakWatchMetersAutoConfiguration;
import io.leakwatch.core.monitor.LeakWatchMonitor;
import io.leakwatch.core.operation.Expectations;
import io.leakwatch.core.operation.OperationRecorder;
import io.micrometer.observation.ObservationHandler;
import jakarta.servlet.http.HttpSessionListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of measured operations and of what is expected to be collected.
 */
@AutoConfiguration(after = { LeakWatchAutoConfiguration.class, LeakWatchMetersAutoConfiguration.class })
@ConditionalOnBean(LeakWatchMonitor.class)
@EnableConfigurationProperties(LeakWatchOperationsProperties.class)
public final class LeakWatchOperationsAutoConfiguration {

	LeakWatchOperationsAutoConfiguration() {
	}

	@Bean
	OperationsLifecycle leakWatchOperationsLifecycle(ObjectProvider<OperationRecorder> recorder,
			ObjectProvider<Expectations> expectations) {
		return new OperationsLifecycle(recorder.getIfAvailable(), expectations.getIfAvailable());
	}

	@Bean
	@ConditionalOnBean(OperationRecorder.class)
	@ConditionalOnBooleanProperty(name = "leakwatch.operations.annotations", matchIfMissing = true)
	static MeasuringPostProcessor leakWatchMeasuringPostProcessor() {
		return new MeasuringPostProcessor();
	}

	@Bean
	@ConditionalOnBean(Expectations.class)
	ClosedContexts leakWatchClosedContexts(Expectations leakWatchExpectations, ApplicationContext context) {
		return new ClosedContexts(leakWatchExpectations, context);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(HttpSessionListener.class)
	@ConditionalOnBean(Expectations.class)
	static class SessionsConfiguration {

		@Bean
		ExpiredSessions leakWatchExpiredSessions(Expectations leakWatchExpectations) {
			return new ExpiredSessions(leakWatchExpectations);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(ObservationHandler.class)
	@ConditionalOnBooleanProperty("leakwatch.operations.http")
	static class HttpConfiguration {

		@Bean
		HttpAllocationHandler leakWatchHttpAllocationHandler() {
			return new HttpAllocationHandler();
		}

	}

}
