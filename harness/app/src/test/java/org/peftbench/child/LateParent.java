package org.peftbench.child;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.peftbench.link.Order;

/** A program that starts a child when it ends already. */
final class LateParent {

  private LateParent() {}

  public static void main(String[] args) {
    Runtime.getRuntime().addShutdownHook(new Thread(LateParent::startTooLate));
  }

  private static void startTooLate() {
    Order order = new Order.VerifyBackbone("is silent", "", Optional.empty());
    try {
      Patience endless = new Patience(Optional.empty(), Optional.empty());
      Child.start(order, Optional.empty(), 1, endless, TroubledChild.class);
      System.out.println("started");
    } catch (InterruptedException e) {
      ProcessHandle.current().children().forEach(LateParent::await);
      System.out.println(e.getMessage());
    } catch (Exception e) {
      System.out.println(e);
    }
  }

  private static void await(ProcessHandle child) {
    try {
      child.onExit().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      System.out.println("the child goes on: " + e);
    }
  }
}
