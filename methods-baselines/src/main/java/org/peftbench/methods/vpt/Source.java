package org.peftbench.methods.vpt;

import java.util.List;

/** What both variants have from the paper, and what they do not. */
final class Source {

  static final String BIBTEX =
      """
      @inproceedings{jia2022vpt,
        title     = {Visual Prompt Tuning},
        author    = {Jia, Menglin and Tang, Luming and Chen, Bor-Chun and Cardie, Claire and Belongie, Serge and Hariharan, Bharath and Lim, Ser-Nam},
        booktitle = {European Conference on Computer Vision},
        year      = {2022}
      }""";

  static final List<String> RECONSTRUCTIONS =
      List.of(
          "the authors choose the number of prompts for each task of VTAB-1K, and their repository has"
              + " it for four tasks only: the default is that of their general commands",
          "with mean pooling, the mean is of the patches alone, without the prompts");

  private Source() {}
}
