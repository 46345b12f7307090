package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.wire.FeatureRequest;
import org.peftbench.wire.FeatureType;

class JobsTest {

  private static final long FORGOTTEN = 1_000_000_000;

  @TempDir Path folder;

  @Test
  void aJobWhoseImagesStillComeIsNotForgotten() throws Refused {
    String image = "a".repeat(64);
    CloudLog log =
        new CloudLog() {
          @Override
          public void answered(Answered request) {}

          @Override
          public void said(String line) {}
        };
    try (Shelf shelf = Shelf.open(folder, 1 << 20)) {
      Jobs jobs =
          new Jobs(shelf, TestCloud.CONFIG, 1 << 20, new Jobs.Limits(9, 9, 9, FORGOTTEN), log);
      FeatureRequest request =
          new FeatureRequest("cloud", List.of(image), 1, TestCloud.TAPS, FeatureType.FLOAT32);
      String id = jobs.open("one", request, 0).id();
      long opened = System.nanoTime();
      jobs.arrived(image);
      jobs.sweep(opened + FORGOTTEN);
      assertEquals(id, jobs.state(id).id());
      jobs.sweep(System.nanoTime() + 2 * FORGOTTEN);
      assertThrows(Refused.class, () -> jobs.state(id));
    }
  }
}
