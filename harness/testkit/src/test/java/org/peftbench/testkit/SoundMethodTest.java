package org.peftbench.testkit;

import org.peftbench.spi.PeftMethod;

/** The contract can be kept. */
class SoundMethodTest extends PeftMethodContract<SoundMethod.Config> {

  @Override
  protected PeftMethod<SoundMethod.Config> method() {
    return new SoundMethod();
  }
}
