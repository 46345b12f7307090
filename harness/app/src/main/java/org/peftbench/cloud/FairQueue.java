package org.peftbench.cloud;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What waits, of several owners who get equal shares: next comes something of the owner who has had
 * the least, counted in what each thing costs. Who was away, or could not go on, has no claim to
 * what was missed.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <T> what waits
 */
final class FairQueue<T> {

  private record Waiting<T>(T what, int cost) {}

  private static final class Share<T> {
    private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
    private long had;
    private long turn;

    boolean mayGo(Predicate<T> first) {
      return !waiting.isEmpty() && first.test(waiting.getFirst().what());
    }
  }

  // How early a share's turn is: by what it had, and by when its last turn was.
  private static final Comparator<Share<?>> EARLIEST =
      Comparator.<Share<?>>comparingLong(share -> share.had).thenComparingLong(share -> share.turn);

  private final Map<String, Share<T>> shares = new HashMap<>();
  private long now;
  private long turns;

  void add(String owner, T what, int cost) {
    of(owner, what).addLast(new Waiting<>(what, cost));
  }

  /** Before all else of its owner; if it waits already, it waits there no more. */
  void addFirst(String owner, T what, int cost) {
    of(owner, what).addFirst(new Waiting<>(what, cost));
  }

  private Deque<Waiting<T>> of(String owner, T what) {
    Deque<Waiting<T>> waiting = of(owner).waiting;
    waiting.removeIf(one -> one.what().equals(what));
    return waiting;
  }

  private Share<T> of(String owner) {
    Share<T> share = shares.computeIfAbsent(owner, absent -> new Share<>());
    if (share.waiting.isEmpty()) {
      share.had = Math.max(share.had, now);
      share.turn = turns++;
    }
    return share;
  }

  boolean isEmpty() {
    return shares.values().stream().allMatch(share -> share.waiting.isEmpty());
  }

  /**
   * Takes what comes next; empty if nothing does.
   *
   * @param mayGo whether an owner's first can be taken; all else of the owner waits behind it
   */
  Optional<T> poll(BiPredicate<String, T> mayGo) {
    Optional<Share<T>> next =
        shares.entrySet().stream()
            .filter(entry -> entry.getValue().mayGo(what -> mayGo.test(entry.getKey(), what)))
            .map(Map.Entry::getValue)
            .min(EARLIEST);
    next.ifPresent(share -> now = share.had);
    shares.values().forEach(share -> share.had = Math.max(share.had, now));
    // Who left, and has had no more than those who wait, has nothing to be remembered for.
    shares.values().removeIf(share -> share.waiting.isEmpty() && share.had <= now);
    return next.map(this::take);
  }

  private T take(Share<T> share) {
    Waiting<T> taken = share.waiting.removeFirst();
    share.had += taken.cost();
    share.turn = turns++;
    return taken.what();
  }
}
