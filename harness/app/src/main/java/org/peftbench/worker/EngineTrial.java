package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.peftbench.WrongInputException;

/** Main class of a child that loads the engine for a device, computes once, and says so. */
public final class EngineTrial {

  private EngineTrial() {}

  /** Tries the device that stands in the first line of standard input. */
  public static void main(String[] args) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err); // the answer alone goes to standard output
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String device = in.readLine();
    if (device == null) {
      throw new IOException("no device was named");
    }
    try {
      EngineFacts facts = EngineFacts.load(0, device);
      try (NDManager manager = NDManager.newBaseManager(EngineFacts.device(device));
          NDArray two = manager.create(2f)) {
        if (two.mul(two).getFloat() != 4f) {
          throw new WrongInputException("2 x 2 came out wrong");
        }
      }
      out.println(facts.engine() + ", " + facts.threads() + " threads, on " + device);
    } catch (WrongInputException e) {
      out.println(e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }
}
