package org.peftbench.testkit;

import org.peftbench.spi.PeftMethod;

/**
 * What is put to the test.
 *
 * @param method the method
 * @param config its hyper-parameters
 * @param <C> the record of hyper-parameters
 */
public record Subject<C extends Record>(PeftMethod<C> method, C config) {}
