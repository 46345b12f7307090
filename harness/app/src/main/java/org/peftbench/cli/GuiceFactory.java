package org.peftbench.cli;

import com.google.inject.Injector;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands with Guice, and what picocli needs for itself as picocli does. */
record GuiceFactory(Injector injector) implements IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return type.getPackage() == Bench.class.getPackage()
        ? injector.getInstance(type)
        : CommandLine.defaultFactory().create(type);
  }
}
