package org.peftbench.child;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.peftbench.WrongInputException;
import org.peftbench.link.Message;
import org.peftbench.plugin.PluginJar;
import org.peftbench.plugin.UnusableJarException;
import org.peftbench.worker.ContractWorker;

/** Tests a jar's methods in a process of its own. */
public final class ContractProcess {

  private ContractProcess() {}

  /**
   * Tests a jar.
   *
   * @param promised told of every promise
   * @throws WrongInputException if it is no jar of methods
   * @throws JobFailedException if its code ends the process
   */
  public static void run(Path jar, int threads, Consumer<Message.Promised> promised)
      throws IOException, InterruptedException, JobFailedException {
    try {
      Consumer<Message> hears =
          message -> {
            if (message instanceof Message.Promised one) {
              promised.accept(one);
            }
          };
      ChildJob.run(
          PluginJar.read(jar), "cpu", threads, ContractWorker.class, Message.Tested.class, hears);
    } catch (UnusableJarException e) {
      throw new WrongInputException(e);
    }
  }
}
