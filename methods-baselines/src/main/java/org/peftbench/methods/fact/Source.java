package org.peftbench.methods.fact;

import java.util.List;

/** What both variants have from the paper, and what they do not. */
final class Source {

  static final String BIBTEX =
      """
      @inproceedings{jie2023fact,
        title     = {{FacT}: Factor-Tuning for Lightweight Adaptation on Vision Transformer},
        author    = {Jie, Shibo and Deng, Zhi-Hong},
        booktitle = {Proceedings of the AAAI Conference on Artificial Intelligence},
        year      = {2023}
      }""";

  static final List<String> RECONSTRUCTIONS =
      List.of(
          "an MLP whose width is no multiple of D: its last tile is cut",
          "rank and scale are chosen for each task: the defaults are what the authors' configurations"
              + " have most often");

  static String presetSource(String variant) {
    return "github.com/JieShibo/PETL-ViT, FacT/configs/" + variant + " at 026e4f1";
  }

  private Source() {}
}
