package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnersTest {

  @Test
  void onePrincipalWithManyEdgesLeavesConnectionsToOthers() throws Refused {
    Owners owners = new Owners(1_000);
    List<Owners.Owner> present = new ArrayList<>();
    for (int i = 0; i < Owners.MOST_OF_PRINCIPAL; i++) {
      present.add(owners.enter("greedy", "edge-" + i % Owners.MOST_EDGES, 0));
    }
    Refused refused = assertThrows(Refused.class, () -> owners.enter("greedy", "edge-0", 0));
    assertEquals(429, refused.status());
    assertEquals("other", owners.enter("other", "", 0).toString());
    owners.leave(present.get(0));
    assertEquals("greedy/edge-0", owners.enter("greedy", "edge-0", 0).toString());
  }
}
