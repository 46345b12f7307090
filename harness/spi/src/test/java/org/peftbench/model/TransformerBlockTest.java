package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peftbench.training.Autocast;

class TransformerBlockTest {

  private static final ViTConfig SIZES = ViTConfig.named("vit-pocket");

  /** Hides what it wraps from who would put it into one call with others. */
  private static final class Wrapper extends Part {

    Wrapper(Part base) {
      add("base", base);
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return part("base").forward(x, training);
    }
  }

  @Test
  void aHalfInOneCallIsTheHalfPartByPart() {
    try (NDManager manager = NDManager.newBaseManager()) {
      TransformerBlock block = block(manager);
      NDArray x = tokens(manager);
      float[] plain = block.forward(x, false).toFloatArray();
      for (String name : List.of("mlp.fc2", "attn", "norm1", "norm2")) {
        block.wrap(name, Wrapper::new);
        assertArrayEquals(plain, block.forward(x, false).toFloatArray(), name);
      }
    }
  }

  /** The gradient of a sigmoid is told from its result, which is not to be added to. */
  @Test
  void whatAWrapperGivesIsNotWrittenInto() {
    try (NDManager manager = NDManager.newBaseManager()) {
      TransformerBlock block = block(manager);
      block.wrap("mlp", Squashed::new);
      NDArray x = tokens(manager);
      x.setRequiresGradient(true);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        gradients.backward(block.forward(x, true).sum());
      }
      assertTrue(x.getGradient().isNaN().none().getBoolean());
    }
  }

  private static final class Squashed extends Part {

    Squashed(Part base) {
      add("base", base);
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return Activation.sigmoid(part("base").forward(x, training));
    }
  }

  @Test
  void theStreamStaysInFloat32UnderAutocast() {
    try (NDManager manager = NDManager.newBaseManager()) {
      TransformerBlock block = block(manager);
      NDArray x = tokens(manager);
      for (String wrapped : List.of("", "attn.qkv", "mlp")) {
        if (!wrapped.isEmpty()) {
          block.wrap(wrapped, Wrapper::new);
        }
        try (Autocast cast = Autocast.open(x.getDevice(), true)) {
          assertEquals(DataType.FLOAT32, block.forward(x, false).getDataType(), wrapped);
        }
      }
    }
  }

  private static TransformerBlock block(NDManager manager) {
    TransformerBlock block = new TransformerBlock(SIZES);
    block.initialize(manager, 0);
    return block;
  }

  private static NDArray tokens(NDManager manager) {
    return manager.randomNormal(new Shape(4, SIZES.tokens(), SIZES.width()));
  }
}
