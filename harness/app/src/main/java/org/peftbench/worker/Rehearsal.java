package org.peftbench.worker;

import java.io.IOException;
import org.peftbench.cell.Device;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.result.Json;

/**
 * Does what every child does, for nothing: Java keeps the classes that this loads in an archive,
 * and children that are given it begin sooner.
 */
public final class Rehearsal {

  private Rehearsal() {}

  /** Says what it found, for whoever wants to see that it worked. */
  public static void main(String[] args) throws IOException {
    Orphans.adopt();
    String order = Json.MAPPER.writerFor(Order.class).writeValueAsString(new Order.End());
    var unused = Json.MAPPER.readValue(order, Order.class);
    Message works = EngineTrial.run(Device.CPU);
    String answer = Json.MAPPER.writerFor(Message.class).writeValueAsString(works);
    System.out.println(answer);
    NativeHeap.settle();
  }
}
