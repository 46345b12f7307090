package org.peftbench.task;

/** VTAB-1K on disk, in words for messages. */
final class Layout {

  static final String EXPECTED =
      "expected <data>/<task>/{train800,val200,train800val200,test}.txt with lines"
          + " 'images/... label' and the images below <data>/<task>/images";

  static final String HOW_TO_GET =
      EXPECTED
          + ", as in the public VTAB-1K archives (such as the Hugging Face data set"
          + " XiN0919/VTAB-1k, or what NOAH's get_vtab1k.py exports)";

  private Layout() {}
}
