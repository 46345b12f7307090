package org.peftbench.pretrain;

/** Time, speed and loss of a training, smoothed so that a person can read them. */
final class Pace {

  private static final double NEWEST = 0.02;

  private final double before;
  private final long began = System.nanoTime();
  private long images;
  private double loss = Double.NaN;

  /** Goes on from a number of seconds. */
  Pace(double before) {
    this.before = before;
  }

  /** Seconds of training in all. */
  double seconds() {
    return before + sinceStart();
  }

  /**
   * What to say after a step.
   *
   * @param left images still to come
   */
  String after(int batch, double stepLoss, long left) {
    images += batch;
    loss = Double.isNaN(loss) ? stepLoss : loss + NEWEST * (stepLoss - loss);
    double speed = images / sinceStart();
    return "loss %.3f, %.0f images/s, %.0f min left".formatted(loss, speed, left / speed / 60);
  }

  private double sinceStart() {
    return (System.nanoTime() - began) / 1e9;
  }
}
