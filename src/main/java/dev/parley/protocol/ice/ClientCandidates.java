package dev.parley.protocol.ice;

import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;

/// The client's UDP candidates, as far as they say more than a check does: a check gives the
/// priority of a peer-reflexive candidate even where it came through a relay (RFC 8445, section
/// 7.1.1). Confined to its agent.
final class ClientCandidates {
  /// Those beyond are worth what their checks say.
  private static final int MOST = 32;

  private final TransportAddress[] addresses = new TransportAddress[MOST];
  private final long[] priorities = new long[MOST];
  private int size;

  void add(IceCandidate candidate) {
    TransportAddress address = candidate.address();
    if (candidate.transport() != Transport.UDP || address == null || size == MOST) {
      return;
    }
    addresses[size] = address;
    priorities[size++] = candidate.priority();
  }

  /// The priority of the candidate a check came from, the latest that was told.
  ///
  /// @param said by the check
  long priority(FiveTuple path, long said) {
    for (int i = size - 1; i >= 0 && path.transport() == Transport.UDP; i--) {
      if (addresses[i].equals(path.remote())) {
        return priorities[i];
      }
    }
    return said;
  }
}
