package org.peftbench.edge;

import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.image.Normalization;
import org.peftbench.wire.CloudInfo;

/** A cloud that is another is refused by what differs; limits are none of that. */
class DifferenceTest {

  private static CloudInfo changed(CloudInfo info, String sha256, Normalization normalize) {
    BackboneChoice before = info.backbone();
    return new CloudInfo(
        info.api(),
        new BackboneChoice(
            before.name(), before.weights(), sha256, before.imageSize(), before.pooling()),
        info.interpolation(),
        normalize,
        info.precision(),
        info.engine(),
        new CloudInfo.Limits(1, 1, 1, 1));
  }

  @Test
  void whatDiffersIsNamed() throws IOException {
    try (FakeCloud cloud = new FakeCloud()) {
      CloudInfo expected = cloud.info;
      Difference.require("u", changed(expected, "", expected.normalize()), expected);
      assertRefused(
          () -> Difference.require("u", changed(expected, "ab", expected.normalize()), expected),
          "the cloud u has weights of SHA-256 ab, expected ");
      assertRefused(
          () -> Difference.require("u", changed(expected, "", Normalization.NONE), expected),
          "the cloud u has normalisation none, expected imagenet");
    }
  }
}
