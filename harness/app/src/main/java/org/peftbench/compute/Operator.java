package org.peftbench.compute;

import java.util.List;

/**
 * A call of one of PyTorch's operators.
 *
 * @param name such as {@code aten::mm}
 * @param begin in microseconds, of an unknown beginning
 * @param end in microseconds
 * @param shapes of its arguments; empty for those that are no tensors, and for scalars
 */
record Operator(String name, double begin, double end, List<List<Long>> shapes) {

  Operator {
    shapes = List.copyOf(shapes);
  }

  /** The shape of an argument; empty if there is none. */
  List<Long> shape(int argument) {
    return argument < shapes.size() ? shapes.get(argument) : List.of();
  }
}
