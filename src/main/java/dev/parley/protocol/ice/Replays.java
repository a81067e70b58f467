package dev.parley.protocol.ice;

import dev.parley.protocol.stun.StunMessage;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;

/// The transactions of an agent's latest authenticated checks, and where each came from: integrity
/// does not cover the source address, so a check that somebody caught could be sent again from
/// elsewhere to pull the client's media there. Confined to its agent.
final class Replays {
  /// A client has no more checks in the air than this.
  private static final int KEPT = 32;

  private final long[] high = new long[KEPT];
  private final int[] low = new int[KEPT];
  private final FiveTuple[] paths = new FiveTuple[KEPT];
  private int next;

  /// Whether the check's transaction was seen on another path; a retransmission on the same one is
  /// in order. Notes it otherwise.
  boolean replayed(StunMessage check, FiveTuple path) {
    long first = Octets.u64(check.octets(), check.at() + 8);
    int last = Octets.u32(check.octets(), check.at() + 16);
    for (int i = 0; i < KEPT; i++) {
      if (paths[i] != null && high[i] == first && low[i] == last) {
        return !paths[i].equals(path);
      }
    }
    high[next] = first;
    low[next] = last;
    paths[next] = path;
    next = (next + 1) % KEPT;
    return false;
  }
}
