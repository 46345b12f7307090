package org.peftbench.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.peftbench.link.Order;
import org.peftbench.result.Json;

/** A child that reads its order and then does what no child should. */
final class TroubledChild {

  static final String ANSWER = "{\"type\":\"engine-works\",\"text\":\"well\",\"losses\":[]}";

  private TroubledChild() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.err.println("its last words");
    Order.VerifyBackbone order = Json.MAPPER.readValue(in.readLine(), Order.VerifyBackbone.class);
    switch (order.weights()) {
      case "exits" -> Runtime.getRuntime().halt(3);
      case "kills itself" ->
          new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid()))
              .start()
              .waitFor();
      case "aborts" ->
          new ProcessBuilder("kill", "-ABRT", Long.toString(ProcessHandle.current().pid()))
              .start()
              .waitFor();
      case "leaves a sleeper" -> leave("sleep 600 & echo sleeper $! >&2");
      case "leaves an orphan" -> leave("(sleep 600 & echo sleeper $! >&2)");
      case "starts a sleeper and waits" -> {
        leave("(sleep 600 & echo sleeper $! >&2)");
        Thread.sleep(600_000);
      }
      case "leaves a file" -> {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Files.writeString(folder.resolve("left"), "left");
        System.err.println("it left " + folder);
      }
      case "prints garbage" -> out.println("garbage\n{\"type\":\"unheard-of\"}\n[1");
      case "prints a line of 20 MB" -> out.println("x".repeat(20_000_000));
      case "says what was wrong" ->
          out.println(
              "{\"type\":\"failed\",\"reason\":\"wrong input\",\"message\":\"no such file\"}");
      case "fails" ->
          out.println("{\"type\":\"failed\",\"reason\":\"diverged\",\"message\":\"NaN\"}");
      default -> Thread.sleep(600_000);
    }
    if (order.reference().equals("answers")) {
      out.println(ANSWER);
    }
  }

  /** What is started so has this process's standard output, and holds it open. */
  private static void leave(String command) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
  }
}
