package dev.parley.protocol.ice;

import dev.parley.wire.FiveTuple;
import dev.parley.wire.Transport;

/// Priorities of candidates and pairs (RFC 8445, sections 5.1.2.1 and 6.1.2.3; RFC 6544, section
/// 4.2).
public final class IcePriority {
  /// The component of RTP, and of everything that is multiplexed with it.
  public static final int COMPONENT = 1;

  /// The greatest local preference there is.
  static final int MOST_LOCAL = 0xffff;

  /// TCP candidates stand behind all direct UDP ones, so their type preference is lower (RFC 6544,
  /// section 4.2), but before relayed ones: a connection of its own costs no relay.
  private static final int TCP_HOST = 90;

  /// What is left of the local preference beside the direction preference.
  private static final int MOST_OTHER = 0x1fff;

  private IcePriority() {}

  /// The priority of a candidate, 1 to 2^31 - 1.
  ///
  /// @param type preference, 0 to 126
  /// @param local preference, 0 to 65535
  /// @param component 1 to 256
  public static long of(int type, int local, int component) {
    return (long) type << 24 | (long) local << 8 | 256 - component;
  }

  /// The priority of one of the server's own host candidates.
  ///
  /// @param rank its place among those of its transport, 0 the best
  public static long host(Transport transport, int rank) {
    if (transport == Transport.UDP) {
      return of(CandidateType.HOST.preference(), Math.max(0, MOST_LOCAL - rank), COMPONENT);
    }
    int other = Math.max(0, MOST_OTHER - rank);
    return of(TCP_HOST, TcpType.PASSIVE.direction() << 13 | other, COMPONENT);
  }

  /// The priority of the server's end of a path, of which only transport and family count: the
  /// local address may be that of a wildcard socket.
  static long host(FiveTuple path) {
    return host(path.transport(), path.remote().ipv4() ? 1 : 0);
  }

  /// The priority of a pair; compare without a sign.
  ///
  /// @param controlling of the client's candidate
  /// @param controlled of the server's candidate
  public static long pair(long controlling, long controlled) {
    long less = Math.min(controlling, controlled);
    long more = Math.max(controlling, controlled);
    return (less << 32) + 2 * more + (controlling > controlled ? 1 : 0);
  }
}
