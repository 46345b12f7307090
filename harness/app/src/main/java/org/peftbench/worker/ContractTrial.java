package org.peftbench.worker;

import java.util.Map;
import java.util.Optional;
import org.peftbench.link.Message;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.plugin.PluginJar;
import org.peftbench.spi.PeftMethod;
import org.peftbench.testkit.Contract;
import org.peftbench.testkit.Promise;
import org.peftbench.testkit.Subject;

/** Looks whether a jar's methods keep what every method promises. */
final class ContractTrial {

  private ContractTrial() {}

  static Message.Tested run(PluginJar jar, Parent parent) {
    MethodRegistry methods = MethodRegistry.of(Optional.of(jar));
    for (PeftMethod<?> method : methods.methods()) {
      test(method, parent);
    }
    return new Message.Tested();
  }

  private static <C extends Record> void test(PeftMethod<C> method, Parent parent) {
    for (Map.Entry<String, Subject<C>> subject : Contract.subjects(method).entrySet()) {
      for (Promise promise : Contract.PROMISES) {
        parent.send(
            new Message.Promised(
                method.id(),
                subject.getKey(),
                promise.name(),
                broken(promise, subject.getValue())));
      }
    }
  }

  /** What a stranger's code throws, whatever it is, breaks the promise that it was tested for. */
  private static <C extends Record> Optional<String> broken(Promise promise, Subject<C> subject) {
    try {
      promise.check().of(subject);
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      return Optional.of(Worker.message(e));
    }
  }
}
