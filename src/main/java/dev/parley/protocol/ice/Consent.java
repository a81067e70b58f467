package dev.parley.protocol.ice;

import dev.parley.protocol.stun.StunClass;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import java.util.Arrays;

/// Whether the client still wants what it is sent (RFC 7675, section 5.1). Confined to its agent.
///
/// Requests go out on the selected path, each with a new transaction and without retransmission;
/// any authenticated success among the latest of them renews the consent.
final class Consent {
  /// Requests whose answers still count: as many as go out before the consent ends, and as many
  /// again for the trial of a new path.
  private static final int KEPT = 16;

  /// A turn of the loop that comes so late was held up here, not by the client.
  private static final long STALL = 2_000_000_000L;

  private final IceKit kit;
  private final long every;
  private final long lasts;
  private final byte[] transactions = new byte[KEPT * IceKit.TRANSACTION];
  private final FiveTuple[] paths = new FiveTuple[KEPT];
  private final byte[] transaction = new byte[IceKit.TRANSACTION];
  private int next;
  private boolean running;
  private boolean excused;
  private long nextAt;
  private long until;

  Consent(IceKit kit, IceLimits limits) {
    this.kit = kit;
    this.every = limits.consentEvery().toNanos();
    this.lasts = limits.consentFor().toNanos();
  }

  /// The client nominated: that is its consent.
  void grant(long now) {
    if (!running) {
      nextAt = now + kit.around(every);
    }
    running = true;
    excused = false;
    until = now + lasts;
  }

  /// The client is asked on another path from now on, soon.
  void moved(long now) {
    nextAt = now;
  }

  /// No requests are sent and nothing expires until the next grant.
  void stop() {
    running = false;
    Arrays.fill(paths, null);
  }

  boolean running() {
    return running;
  }

  /// When a request is due or the consent ends; only while running.
  long deadline() {
    return nextAt - until < 0 ? nextAt : until;
  }

  /// Asks where that is due.
  ///
  /// @param path the selected one, or null
  /// @return whether the consent still stands
  boolean tick(Generation generation, long tieBreaker, FiveTuple path, IceEffects to, long now) {
    long late = now - deadline();
    if (late > STALL && until - now < every && !excused) {
      // The answers may be waiting in our own sockets: the client has one interval more, once.
      excused = true;
      until = now + every;
      nextAt = now;
    }
    if (now - until >= 0) {
      stop();
      return false;
    }
    if (now - nextAt >= 0) {
      nextAt = now + kit.around(every);
      if (path != null && generation.remoteKey() != null) {
        ask(generation, tieBreaker, path, to);
      }
    }
    return true;
  }

  /// Sends one request, whose answer is awaited from the same path.
  void ask(Generation generation, long tieBreaker, FiveTuple path, IceEffects to) {
    kit.random(transaction);
    System.arraycopy(transaction, 0, transactions, next * IceKit.TRANSACTION, IceKit.TRANSACTION);
    paths[next] = path;
    next = (next + 1) % KEPT;
    kit.ask(transaction, generation.remoteUsername(), tieBreaker, generation.remoteKey(), path, to);
  }

  /// Takes an answer; true where it renews the consent.
  boolean answered(StunMessage answer, Generation generation, FiveTuple path, long now) {
    int slot = slot(answer);
    if (slot < 0
        || !paths[slot].equals(path)
        || generation.remoteKey() == null
        || !kit.verifies(answer, generation.remoteKey())) {
      return false;
    }
    // An answer counts once; an error is no consent (RFC 7675, section 5.1).
    paths[slot] = null;
    boolean granted = running && answer.messageClass() == StunClass.SUCCESS_RESPONSE;
    if (granted) {
      excused = false;
      until = now + lasts;
    }
    return granted;
  }

  private int slot(StunMessage answer) {
    for (int i = 0; i < KEPT; i++) {
      if (paths[i] != null
          && Octets.sameInConstantTime(
              transactions,
              i * IceKit.TRANSACTION,
              answer.octets(),
              answer.at() + 8,
              IceKit.TRANSACTION)) {
        return i;
      }
    }
    return -1;
  }
}
