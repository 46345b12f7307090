package org.peftbench.child;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.MethodChoice;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.plugin.MethodSource;
import org.peftbench.plugin.PluginJar;
import org.peftbench.plugin.UnusableJarException;
import org.peftbench.result.Failure;

/**
 * A jar's methods, asked in a child process with little memory and little time for each answer:
 * whatever the jar does, it does there.
 */
public final class PluginProbe implements MethodSource, AutoCloseable {

  private static final int MOST_METHODS = 1000;

  private final PluginJar jar;
  private @Nullable Child child;
  private @Nullable UnusableJarException trouble;

  /** Asks a jar's methods, each time that something is wanted of them. */
  public PluginProbe(PluginJar jar) {
    this.jar = jar;
  }

  /** The jar that is asked. */
  public PluginJar jar() {
    return jar;
  }

  @Override
  public List<MethodDescription> describe() throws UnusableJarException {
    try {
      List<MethodDescription> methods =
          ask(new Order.DescribeJar(jar), Message.Described.class).methods();
      if (methods.size() > MOST_METHODS) {
        throw new WrongInputException(
            "it has " + methods.size() + " methods; at most " + MOST_METHODS);
      }
      // Where they come from is not the jar's to say.
      return methods.stream().map(method -> method.of(jar)).toList();
    } catch (WrongInputException e) {
      trouble = new UnusableJarException(jar.path() + ": " + e.getMessage(), e);
      throw trouble;
    }
  }

  @Override
  public MethodFacts bind(String id, Map<String, String> given, ViTConfig backbone)
      throws UnusableJarException {
    MethodFacts facts = ask(id, given, backbone);
    MethodChoice said = facts.choice();
    // Which jar's and which method's cell it becomes is not the jar's to say.
    return facts.as(new MethodChoice(id, said.options(), said.given(), Optional.of(jar.sha256())));
  }

  private MethodFacts ask(String id, Map<String, String> given, ViTConfig backbone)
      throws UnusableJarException {
    try {
      return ask(new Order.Bind(jar, id, given, backbone), Message.Bound.class).facts();
    } catch (WrongInputException e) {
      if (given.isEmpty()) { // then it is nothing that a user gave
        throw new UnusableJarException(jar.path() + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** A jar that has failed once is not asked again. */
  private <M extends Message> M ask(Order order, Class<M> answer) throws UnusableJarException {
    if (trouble != null) {
      throw trouble;
    }
    try {
      return child(order).await(answer, PluginProbe::refuse);
    } catch (WrongInputException e) {
      close(); // a child that refuses ends
      throw e;
    } catch (IllegalArgumentException e) {
      trouble = new UnusableJarException(jar.path() + ": " + e.getMessage(), e);
    } catch (JobFailedException e) {
      trouble = new UnusableJarException(jar.path() + ": " + why(order, e.failure()), e);
    } catch (IOException e) {
      trouble = new UnusableJarException(jar.path() + " cannot be asked: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      trouble = new UnusableJarException(jar.path() + " was not asked to the end", e);
    }
    close();
    throw trouble;
  }

  /** Each word would give it more time. */
  private static void refuse(Message message) {
    throw new IllegalArgumentException(
        "its code says what nobody has asked: " + message.getClass().getSimpleName());
  }

  private Child child(Order order) throws IOException, InterruptedException {
    if (child == null) {
      child = Child.start(order, 1, Optional.empty());
    } else {
      child.say(order);
    }
    return child;
  }

  private static String why(Order order, Failure failure) {
    return switch (failure.reason()) {
      case TIMED_OUT ->
          "its methods did not say within %d s what they are"
              .formatted(order.patience().orElseThrow().toSeconds());
      case CRASHED, KILLED ->
          "its code ended the process that asked what its methods are: " + failure.message();
      default -> failure.message();
    };
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
      child = null;
    }
  }
}
