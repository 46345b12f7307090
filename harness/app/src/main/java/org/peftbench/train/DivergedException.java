package org.peftbench.train;

/** Reports that the training loss or a judged logit is infinite or not a number. */
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception that says what is not a finite number. */
  public DivergedException(String message) {
    super(message);
  }

  /** Of a network whose logits are judged. */
  public static DivergedException inJudging() {
    return new DivergedException("a logit of the trained network is not a finite number");
  }

  DivergedException(float loss, int epoch, long step) {
    super("the loss was " + loss + " at step " + (step + 1) + ", in epoch " + (epoch + 1));
  }
}
