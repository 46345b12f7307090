package org.peftbench.testkit;

/** A method registered under the same id as another. */
public final class FirstTwin extends SoundMethod {

  @Override
  public String id() {
    return "twin";
  }
}
