package org.peftbench.train;

/** The training loss or a judged logit became infinite or not a number. */
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what is not a finite number. */
  public DivergedException(String message) {
    super(message);
  }

  DivergedException(float loss, int epoch, long step) {
    super("the loss was " + loss + " at step " + (step + 1) + ", in epoch " + (epoch + 1));
  }
}
