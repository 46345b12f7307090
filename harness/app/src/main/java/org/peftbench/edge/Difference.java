package org.peftbench.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import org.peftbench.WrongInputException;
import org.peftbench.wire.CloudInfo;

/** Says in what a cloud is not the one that was meant. */
public final class Difference {

  private Difference() {}

  /**
   * Checks that a cloud gives the features that were meant.
   *
   * @throws WrongInputException that names the first difference
   */
  public static void require(String url, CloudInfo found, CloudInfo expected) {
    if (found.fingerprint().equals(expected.fingerprint())) {
      return;
    }
    Map<String, Object> given = facts(found);
    facts(expected)
        .forEach(
            (name, right) -> {
              if (!right.equals(given.get(name))) {
                throw new WrongInputException(
                    "the cloud %s has %s %s, expected %s"
                        .formatted(url, name, given.get(name), right));
              }
            });
    throw new WrongInputException("the cloud " + url + " is another than was expected");
  }

  private static Map<String, Object> facts(CloudInfo info) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("api", info.api());
    facts.put("backbone", info.backbone().name());
    facts.put("weights", info.backbone().weights());
    facts.put("weights of SHA-256", info.backbone().weightsSha256());
    facts.put("image size", info.backbone().imageSize());
    facts.put("pooling", info.backbone().pooling());
    facts.put("interpolation", info.interpolation());
    facts.put("normalisation", info.normalize());
    facts.put("precision", info.precision());
    facts.put("engine", info.engine());
    return facts;
  }
}
