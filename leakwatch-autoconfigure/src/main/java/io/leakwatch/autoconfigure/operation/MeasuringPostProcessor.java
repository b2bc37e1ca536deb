package io.leakwatch.autoconfigure.operation;

import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;

/**
 * Puts a proxy before those beans that have methods to be measured, or adds to the one
 * that is there, whichever else the application uses of Spring AOP. All others stay as
 * they are.
 */
final class MeasuringPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

	private static final long serialVersionUID = 1;

	MeasuringPostProcessor() {
		this.advisor = new DefaultPointcutAdvisor(new MeasuredMethods(), new MeasuringInterceptor());
		setBeforeExistingAdvisors(true);
		setProxyTargetClass(true);
	}

	@Override
	protected boolean isEligible(Object bean, String beanName) {
		return MeasuredMethods.mayHaveSome(bean.getClass()) && super.isEligible(bean, beanName);
	}

}
