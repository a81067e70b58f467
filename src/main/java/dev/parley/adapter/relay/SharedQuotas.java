package dev.parley.adapter.relay;

import dev.parley.engine.turn.Quotas;
import dev.parley.media.TurnPolicy;
import dev.parley.media.TurnQuota;
import dev.parley.media.TurnRealm;
import java.util.HashMap;
import java.util.Map;

/// The quotas of a node, shared by its loops: one lock, held for a few map look-ups once or twice
/// an allocation, makes all three limits hold at once.
public final class SharedQuotas implements Quotas {
  private record User(String realm, String user) {}

  /// What somebody has in use, and in how many reservations it is; gone from its map with the last.
  private static final class Use {
    int allocations;
    int ports;
    long bandwidth;

    boolean fits(TurnQuota limit, int morePorts, long moreBandwidth) {
      return (limit.allocations() == 0 || allocations < limit.allocations())
          && (limit.ports() == 0 || ports + morePorts <= limit.ports())
          && (limit.bandwidth() == 0 || bandwidth + moreBandwidth <= limit.bandwidth());
    }

    void add(int count, int morePorts, long moreBandwidth) {
      allocations += count;
      ports += morePorts;
      bandwidth += moreBandwidth;
    }
  }

  private final Object lock = new Object();
  private final Map<User, Use> users = new HashMap<>();
  private final Map<String, Use> realms = new HashMap<>();
  private final Use node = new Use();
  private Map<String, TurnRealm> limits;
  private TurnQuota whole;

  public SharedQuotas(TurnPolicy policy) {
    follow(policy);
  }

  /// Follows other limits from now on; what is in use stays, even beyond them.
  @Override
  public void follow(TurnPolicy policy) {
    Map<String, TurnRealm> newer = new HashMap<>();
    policy.realms().forEach(realm -> newer.putIfAbsent(realm.name(), realm));
    synchronized (lock) {
      limits = newer;
      whole = policy.node();
    }
  }

  @Override
  public Answer reserve(String realm, String user, int ports, long bandwidth) {
    User key = new User(realm, user);
    synchronized (lock) {
      TurnRealm limit = limits.get(realm);
      Use ofUser = users.getOrDefault(key, new Use());
      Use ofRealm = realms.getOrDefault(realm, new Use());
      // A realm that is gone has no room for anybody.
      if (limit == null) {
        return Short.CAPACITY;
      }
      if (!ofUser.fits(limit.user(), ports, bandwidth)) {
        return Short.USER;
      }
      if (!ofRealm.fits(limit.whole(), ports, bandwidth) || !node.fits(whole, ports, bandwidth)) {
        return Short.CAPACITY;
      }
      ofUser.add(1, ports, bandwidth);
      ofRealm.add(1, ports, bandwidth);
      node.add(1, ports, bandwidth);
      users.put(key, ofUser);
      realms.put(realm, ofRealm);
      return new Held(key, ports, bandwidth);
    }
  }

  /// How many users have something in use; for the test that nothing is kept of who is gone.
  int users() {
    synchronized (lock) {
      return users.size();
    }
  }

  /// One reservation, in use or not: it counts the same.
  private final class Held implements Reservation {
    private final User key;
    private final long bandwidth;
    private int ports;
    private boolean released;

    Held(User key, int ports, long bandwidth) {
      this.key = key;
      this.ports = ports;
      this.bandwidth = bandwidth;
    }

    /// Nothing to do: what is reserved already counts as used.
    @Override
    public void confirm() {}

    @Override
    public void release() {
      synchronized (lock) {
        if (!released) {
          released = true;
          giveBack(1, ports, bandwidth);
        }
      }
    }

    @Override
    public void releasePorts(int count) {
      synchronized (lock) {
        if (!released) {
          int fewer = Math.clamp(count, 0, ports);
          ports -= fewer;
          giveBack(0, fewer, 0);
        }
      }
    }

    private void giveBack(int allocations, int fewer, long less) {
      Use ofUser = users.get(key);
      Use ofRealm = realms.get(key.realm);
      ofUser.add(-allocations, -fewer, -less);
      ofRealm.add(-allocations, -fewer, -less);
      node.add(-allocations, -fewer, -less);
      if (ofUser.allocations == 0) {
        users.remove(key);
      }
      if (ofRealm.allocations == 0) {
        realms.remove(key.realm);
      }
    }
  }
}
