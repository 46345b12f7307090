package org.peftbench.pretrain;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What a pretrained backbone is and how it came about.
 *
 * @param recipe what it follows from
 * @param heldOutImages images that training never saw, same classes
 * @param heldOutCorrect how many of them the written weights, with their head, classify right
 * @param trainingSeconds wall time of all training, interruptions left out
 * @param engine name and version
 * @param threads engine threads
 * @param weights name of the weight file
 * @param sha256 its hash in hex
 */
public record ModelCard(
    Recipe recipe,
    long heldOutImages,
    long heldOutCorrect,
    double trainingSeconds,
    String engine,
    int threads,
    String weights,
    String sha256) {

  /** Held-out accuracy in percent. */
  @JsonIgnore
  public double accuracy() {
    return 100.0 * heldOutCorrect / heldOutImages;
  }

  /** The card for people. */
  public String markdown() {
    return """
        # %s

        A vision transformer pretrained from scratch by `bench pretrain`: supervised classification,
        cross-entropy, AdamW, linear warm-up and half a cosine. Tensors have timm's names; the head is included.

        | | |
        | :-- | :-- |
        | backbone | %s, %d pixels, %s pooling |
        | images | %s, %d classes, normalisation %s |
        | images seen | %,d in batches of %d, the first %,d with a rising learning rate |
        | AdamW | peak learning rate %s, weight decay %s |
        | seed | %d |
        | held-out accuracy | %.2f %% (%,d of %,d images that training never saw; guessing gets %.2f %%) |
        | training time | %.0f s, %s, %d threads |
        | file | %s, SHA-256 %s |
        """
        .formatted(
            recipe.backbone(),
            recipe.backbone(),
            recipe.imageSize(),
            recipe.pooling(),
            recipe.folder().map(folder -> "class folders").orElse("the procedural world"),
            recipe.classes(),
            recipe.normalize(),
            recipe.steps() * recipe.batchSize(),
            recipe.batchSize(),
            recipe.warmupImages(),
            recipe.lr(),
            recipe.weightDecay(),
            recipe.seed(),
            accuracy(),
            heldOutCorrect,
            heldOutImages,
            100.0 / recipe.classes(),
            trainingSeconds,
            engine,
            threads,
            weights,
            sha256);
  }
}
