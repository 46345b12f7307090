package org.peftbench.cloud;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Those who ask: who a token or certificate says they are, and which of that one's edges. */
final class Owners {

  /** Edges of one principal at a time: each has a share of its own. */
  static final int MOST_EDGES = 32;

  static final int MOST_AT_ONCE = 64;

  /** Of all edges of a principal: what is left of the connections is for others. */
  static final int MOST_OF_PRINCIPAL = 256;

  private static final long FORGOTTEN_NANOS = 600_000_000_000L;
  private static final Pattern EDGE = Pattern.compile("[A-Za-z0-9._-]{1,40}");

  /** One who asks. */
  static final class Owner {

    private final String principal;
    private final String name;
    private final Rate rate;
    private int present;
    private long seen;

    private Owner(String principal, String name, Rate rate) {
      this.principal = principal;
      this.name = name;
      this.rate = rate;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final double perSecond;
  private final Map<String, Owner> owners = new HashMap<>();

  /**
   * Nobody yet.
   *
   * @param perSecond requests of each
   */
  Owners(double perSecond) {
    this.perSecond = perSecond;
  }

  /**
   * Lets one in, who is then to leave.
   *
   * @param edge the request's {@code Peft-Edge}; may be empty
   * @throws Refused if that one asks too much
   */
  Owner enter(String principal, String edge, long now) throws Refused {
    if (!edge.isEmpty() && !EDGE.matcher(edge).matches()) {
      throw Refused.because(
          Refused.MALFORMED,
          "Peft-Edge is not a word of up to 40 letters, digits, dots and dashes");
    }
    Owner owner;
    synchronized (this) {
      owner = owner(principal, edge, now);
      owner.seen = now;
      if (owner.present >= MOST_AT_ONCE) {
        throw Refused.busy("more than " + MOST_AT_ONCE + " requests at once", 1);
      }
      if (present(principal) >= MOST_OF_PRINCIPAL) {
        throw Refused.busy(
            "more than %d requests of %s at once".formatted(MOST_OF_PRINCIPAL, principal), 1);
      }
      OptionalInt wait = owner.rate.take(now);
      if (wait.isPresent()) {
        throw Refused.busy(
            "more than %.4g requests a second".formatted(perSecond), wait.getAsInt());
      }
      owner.present++;
    }
    return owner;
  }

  private Owner owner(String principal, String edge, long now) throws Refused {
    String name = edge.isEmpty() ? principal : principal + "/" + edge;
    Owner known = owners.get(name);
    if (known != null) {
      return known;
    }
    owners.values().removeIf(one -> one.present == 0 && now - one.seen > FORGOTTEN_NANOS);
    if (owners.values().stream().filter(one -> one.principal.equals(principal)).count()
        >= MOST_EDGES) {
      throw Refused.busy("more than " + MOST_EDGES + " edges of " + principal, 60);
    }
    Owner owner = new Owner(principal, name, new Rate(perSecond, now));
    owners.put(name, owner);
    return owner;
  }

  private int present(String principal) {
    return owners.values().stream()
        .filter(one -> one.principal.equals(principal))
        .mapToInt(one -> one.present)
        .sum();
  }

  synchronized void leave(Owner owner) {
    owner.present--;
  }
}
