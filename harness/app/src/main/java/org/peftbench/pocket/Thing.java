package org.peftbench.pocket;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.render.Dice;
import org.peftbench.render.Shape;
import org.peftbench.render.Shapes;

/** The categories of {@code pocket_objects}; no two things of one have the same proportions. */
enum Thing {
  HOUSE,
  TREE,
  FISH,
  CAR,
  MUG,
  KEY,
  UMBRELLA,
  SAILBOAT,
  MUSHROOM,
  CHAIR;

  /**
   * A piece of a thing.
   *
   * @param tone which of the thing's colours it has
   */
  record Part(Shape shape, int tone) {}

  /** How many colours a thing has. */
  static final int TONES = 3;

  /** A thing of about unit radius, its parts from back to front. */
  List<Part> parts(Dice dice) {
    return switch (this) {
      case HOUSE -> house(dice);
      case TREE -> tree(dice);
      case FISH -> fish(dice);
      case CAR -> car(dice);
      case MUG -> mug(dice);
      case KEY -> key(dice);
      case UMBRELLA -> umbrella(dice);
      case SAILBOAT -> sailboat(dice);
      case MUSHROOM -> mushroom(dice);
      case CHAIR -> chair(dice);
    };
  }

  private static List<Part> house(Dice dice) {
    double wide = dice.between(0.45, 0.8);
    double eaves = dice.between(-0.25, 0.1);
    double top = dice.between(-1, -0.6);
    List<Part> parts = new ArrayList<>();
    if (dice.chance(0.6)) {
      parts.add(new Part(Shapes.box(0.09, 0.3).at(wide * 0.55 * dice.sign(), top + 0.35), 2));
    }
    parts.add(new Part(Shapes.box(wide, (0.9 - eaves) / 2).at(0, (0.9 + eaves) / 2), 0));
    double over = wide + dice.between(0.05, 0.2);
    parts.add(new Part(Shapes.polygon(-over, eaves, 0, top, over, eaves), 1));
    double door = dice.between(-0.3, 0.3) * wide;
    parts.add(new Part(Shapes.box(0.13, 0.25).at(door, 0.65), 2));
    for (int side = -1; side <= 1; side += 2) {
      parts.add(new Part(Shapes.box(0.11, 0.11).at(side * wide * 0.6, eaves + 0.28), 2));
    }
    return parts;
  }

  private static List<Part> tree(Dice dice) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(Shapes.box(dice.between(0.07, 0.14), 0.5).at(0, 0.5), 1));
    if (dice.chance(0.5)) {
      int tiers = dice.between(2, 4);
      for (int i = 0; i < tiers; i++) {
        double low = 0.55 - 1.1 * i / tiers;
        double half = dice.between(0.5, 0.72) * (1 - 0.6 * i / tiers);
        parts.add(new Part(Shapes.polygon(-half, low, 0, low - 0.85, half, low), 0));
      }
      return parts;
    }
    int leaves = dice.between(4, 7);
    for (int i = 0; i < leaves; i++) {
      double x = dice.between(-0.42, 0.42);
      double y = dice.between(-0.6, 0.0);
      parts.add(new Part(Shapes.circle(dice.between(0.28, 0.42)).at(x, y), 0));
    }
    return parts;
  }

  private static List<Part> fish(Dice dice) {
    double high = dice.between(0.28, 0.5);
    double fork = dice.between(0.3, 0.5);
    return List.of(
        new Part(Shapes.polygon(0.4, 0, 1, -fork, dice.between(0.75, 1), 0, 1, fork), 1),
        new Part(Shapes.polygon(-0.3, -high * 0.7, 0.1, -high - 0.3, 0.35, -high * 0.5), 1),
        new Part(Shapes.ellipse(dice.between(0.6, 0.75), high).at(-0.15, 0), 0),
        new Part(Shapes.polygon(-0.1, 0.05, 0.25, 0.1, 0.15, 0.35), 1),
        new Part(Shapes.circle(0.09).at(-0.6, -0.1), 2));
  }

  private static List<Part> car(Dice dice) {
    double front = dice.between(-0.65, -0.4);
    double rear = dice.between(0.45, 0.9);
    double roof = dice.between(-0.55, -0.35);
    double wheel = dice.between(0.17, 0.25);
    Shape cabin = Shapes.polygon(front, 0, front + 0.25, roof, rear - 0.2, roof, rear, 0);
    Shape panes = Shapes.box(0.03, 1).at((front + rear) / 2, 0);
    return List.of(
        new Part(cabin, 0),
        new Part(cabin.grown(-0.09).and(Shapes.above(-0.06)).minus(panes), 2),
        new Part(Shapes.box(0.88, 0.12).grown(0.1).at(0, 0.15), 0),
        new Part(Shapes.circle(wheel).at(-0.55, 0.38), 1),
        new Part(Shapes.circle(wheel).at(0.55, 0.38), 1),
        new Part(Shapes.circle(wheel * 0.4).at(-0.55, 0.38), 2),
        new Part(Shapes.circle(wheel * 0.4).at(0.55, 0.38), 2));
  }

  private static List<Part> mug(Dice dice) {
    double wide = dice.between(0.4, 0.58);
    double narrow = wide * dice.between(0.7, 1.0);
    double high = dice.between(0.5, 0.75);
    List<Part> parts = new ArrayList<>();
    parts.add(
        new Part(
            Shapes.ring(dice.between(0.26, 0.36), 0.08)
                .stretched(1, dice.between(0.9, 1.3))
                .at(wide, dice.between(-0.1, 0.1)),
            0));
    parts.add(
        new Part(
            Shapes.polygon(-wide, -high, wide, -high, narrow, high, -narrow, high).grown(0.05), 0));
    parts.add(new Part(Shapes.ellipse(wide, 0.13).at(0, -high), 1));
    if (dice.chance(0.6)) {
      parts.add(new Part(Shapes.box(narrow * 0.95, 0.1).at(0, dice.between(-0.1, 0.4)), 2));
    }
    return parts;
  }

  private static List<Part> key(Dice dice) {
    double bow = dice.between(0.26, 0.38);
    double half = dice.between(0.06, 0.09);
    Shape head =
        dice.chance(0.5) ? Shapes.circle(bow) : Shapes.regular(dice.between(4, 6), bow * 1.15);
    Shape key =
        head.minus(Shapes.circle(bow * dice.between(0.35, 0.6)))
            .at(-0.62, 0)
            .or(Shapes.line(-0.62 + bow, 0, 0.92, 0, half));
    int teeth = dice.between(2, 4);
    for (int i = 0; i < teeth; i++) {
      double length = dice.between(0.1, 0.2);
      key = key.or(Shapes.box(0.06, length).at(0.88 - 0.19 * i, length));
    }
    return List.of(new Part(key, 0));
  }

  private static List<Part> umbrella(Dice dice) {
    double high = dice.between(0.65, 0.95);
    int scallops = dice.between(3, 5);
    Shape canopy = Shapes.ellipse(0.95, high).and(Shapes.above(0));
    for (int i = 0; i < scallops; i++) {
      double x = 0.95 * ((2.0 * i + 1) / scallops - 1);
      canopy = canopy.minus(Shapes.ellipse(0.9 / scallops, 0.14).at(x, 0));
    }
    double hook = dice.between(0.12, 0.2);
    Shape bend = Shapes.ring(hook, 0.05).and((x, y) -> -y).at(hook * dice.sign(), 0.75);
    return List.of(
        new Part(Shapes.box(0.05, 0.85).at(0, -0.1).or(bend), 1),
        new Part(canopy.at(0, 0.05), 0),
        new Part(canopy.and(Shapes.ellipse(0.3, high)).at(0, 0.05), dice.chance(0.6) ? 2 : 0));
  }

  private static List<Part> sailboat(Dice dice) {
    double deck = dice.between(0.4, 0.55);
    double tall = dice.between(-1, -0.75);
    double bow = dice.between(0.4, 0.65);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(Shapes.line(0, deck, 0, tall - 0.05, 0.04), 2));
    parts.add(
        new Part(
            Shapes.polygon(0.07, tall, 0.07, deck - 0.1, dice.between(0.5, 0.8), deck - 0.1), 0));
    if (dice.chance(0.7)) {
      parts.add(
          new Part(Shapes.polygon(-0.07, tall + 0.2, -0.07, deck - 0.1, -bow, deck - 0.1), 0));
    }
    double stern = dice.between(0.45, 0.7);
    parts.add(new Part(Shapes.polygon(-0.95, deck, 0.95, deck, stern, 0.9, -stern, 0.9), 1));
    return parts;
  }

  private static List<Part> mushroom(Dice dice) {
    double wide = dice.between(0.6, 0.9);
    double high = dice.between(0.5, 0.85);
    double foot = dice.between(0.14, 0.3);
    Shape cap = Shapes.ellipse(wide, high).and(Shapes.above(0)).at(0, 0.05);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(Shapes.polygon(-foot, 0, foot, 0, foot * 1.4, 0.9, -foot * 1.4, 0.9), 1));
    parts.add(new Part(cap, 0));
    int spots = dice.between(0, 5);
    for (int i = 0; i < spots; i++) {
      Shape spot = Shapes.circle(dice.between(0.07, 0.14));
      double x = dice.between(-0.7, 0.7) * wide;
      parts.add(new Part(spot.at(x, dice.between(-0.75, 0.0) * high).and(cap), 2));
    }
    return parts;
  }

  private static List<Part> chair(Dice dice) {
    double wide = dice.between(0.4, 0.55);
    double seat = dice.between(0.05, 0.25);
    double leg = dice.between(0.05, 0.08);
    double splay = dice.between(0, 0.15);
    double side = -wide;
    Shape legs =
        Shapes.line(wide - leg, seat, wide - leg + splay, 0.9, leg)
            .or(Shapes.line(-wide + leg, seat, -wide + leg - splay, 0.9, leg));
    Shape back = Shapes.line(side + leg, seat, side + leg - splay * 2, dice.between(-1, -0.7), leg);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(legs.or(back), 0));
    if (dice.chance(0.5)) {
      parts.add(new Part(Shapes.line(side + leg, seat - 0.35, wide - leg, seat - 0.35, leg), 0));
      parts.add(new Part(Shapes.line(wide - leg, seat - 0.35, wide - leg, seat, leg), 0));
    }
    parts.add(new Part(Shapes.box(wide, dice.between(0.07, 0.13)).at(0, seat), 1));
    return parts;
  }
}
