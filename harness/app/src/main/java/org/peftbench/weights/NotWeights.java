package org.peftbench.weights;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What people have under a weight file's name that is something else, by how it begins. */
final class NotWeights {

  /** How many bytes tell. */
  static final int HEAD_BYTES = 64;

  private NotWeights() {}

  /** What the file is instead, and what to do; empty if it is nothing known. */
  static Optional<String> kind(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("version https://git-lfs.github.com/spec")) {
      return Optional.of("a Git LFS pointer, not the weights: git lfs pull");
    }
    if (text.startsWith("<") || text.strip().startsWith("<")) {
      return Optional.of("a web page, not the weights: download the file that it shows");
    }
    if (text.startsWith("{")) {
      return Optional.of("a JSON text, not the weights");
    }
    if (text.startsWith("PK")) {
      return Optional.of(
          "a zip archive, as torch.save and np.savez write it; expected safetensors");
    }
    if (text.startsWith("\u0089HDF")) {
      return Optional.of("an HDF5 file, as Keras writes it; save the weights as safetensors");
    }
    return Optional.empty();
  }
}
