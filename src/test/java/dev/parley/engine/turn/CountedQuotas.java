package dev.parley.engine.turn;

import java.util.HashMap;
import java.util.Map;

/// Quotas a test can set and read: limits of every user and of the whole, confirmed or not.
final class CountedQuotas implements Quotas {
  int allocationsOfUser = Integer.MAX_VALUE;
  int portsOfAll = Integer.MAX_VALUE;
  int reserved;
  int confirmed;
  int ports;
  private final Map<String, Integer> users = new HashMap<>();

  @Override
  public Answer reserve(String realm, String user, int wanted, long bandwidth) {
    if (users.getOrDefault(user, 0) >= allocationsOfUser) {
      return Short.USER;
    }
    if (ports + wanted > portsOfAll) {
      return Short.CAPACITY;
    }
    users.merge(user, 1, Integer::sum);
    reserved++;
    ports += wanted;
    return new Held(user, wanted);
  }

  @Override
  public void follow(dev.parley.media.TurnPolicy policy) {}

  private final class Held implements Reservation {
    private final String user;
    private int held;
    private boolean released;

    Held(String user, int held) {
      this.user = user;
      this.held = held;
    }

    @Override
    public void confirm() {
      confirmed++;
    }

    @Override
    public void release() {
      if (!released) {
        released = true;
        reserved--;
        ports -= held;
        users.merge(user, -1, Integer::sum);
      }
    }

    @Override
    public void releasePorts(int count) {
      if (!released) {
        held -= count;
        ports -= count;
      }
      if (held < 1) {
        throw new AssertionError("more ports given back than taken");
      }
    }
  }
}
