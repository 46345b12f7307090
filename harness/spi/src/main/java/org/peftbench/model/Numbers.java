package org.peftbench.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers that parts compute with, as arrays: the few factors that configurations name, four
 * bytes each, which are kept.
 */
final class Numbers {

  private static final NDManager HOST = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private static final Map<Float, NDArray> KEPT = new ConcurrentHashMap<>();

  private Numbers() {}

  static NDArray of(float value) {
    return KEPT.computeIfAbsent(value, number -> Part.owned(HOST, new Shape(), number));
  }
}
