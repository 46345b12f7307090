package org.peftbench.cell;

import java.util.Optional;
import org.peftbench.model.ViTConfig;

/**
 * One measurement to make; its content is its identity.
 *
 * @param method the method and its hyper-parameters
 * @param task the task's canonical name, such as {@code cifar100}
 * @param dataSha256 hash of the task's split lists and image sizes, in hex
 * @param seed decides initialisation, batch order and dropout
 * @param backbone the network and its weights
 * @param protocol training and judging
 * @param device what it is computed on
 */
public record Cell(
    MethodChoice method,
    String task,
    String dataSha256,
    long seed,
    BackboneChoice backbone,
    Protocol protocol,
    DeviceType device) {

  /**
   * The sizes of its backbone, for the images or clips of its task.
   *
   * @throws IllegalArgumentException if there is no such backbone, or not for that image size
   */
  public ViTConfig config() {
    return backbone.config().withFrames(protocol.frames());
  }

  /** The same on images, with its backbone in memory: what was trained can be used so as well. */
  public Cell plain() {
    Protocol plain =
        protocol
            .forMethod(protocol.rate(), protocol.features(), BackboneMemory.RESIDENT)
            .forClips(1);
    return new Cell(method, task, dataSha256, seed, backbone, plain, device);
  }

  /** The same, judged on the test split of a task, or on its first images. */
  public Cell judgedOn(String otherTask, String otherDataSha256, Optional<Integer> limit) {
    return new Cell(
        method, otherTask, otherDataSha256, seed, backbone, protocol.judgedOnTest(limit), device);
  }
}
