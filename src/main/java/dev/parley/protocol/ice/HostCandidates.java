package dev.parley.protocol.ice;

import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.ArrayList;
import java.util.List;

/// The server's own candidates in the order it prefers them: UDP before TCP, and of each the
/// families in turn, IPv6 first, so that a broken family costs a client one check (RFC 8421,
/// section 4).
public final class HostCandidates {
  private HostCandidates() {}

  /// The candidates of these addresses, best first.
  ///
  /// @param udp where datagrams reach the loop, in the order of preference within a family
  /// @param tcp where connections reach it, possibly none
  public static List<IceCandidate> of(List<TransportAddress> udp, List<TransportAddress> tcp) {
    List<IceCandidate> candidates = new ArrayList<>();
    add(candidates, Transport.UDP, udp);
    add(candidates, Transport.TCP, tcp);
    return List.copyOf(candidates);
  }

  private static void add(
      List<IceCandidate> to, Transport transport, List<TransportAddress> addresses) {
    List<TransportAddress> six = addresses.stream().filter(address -> !address.ipv4()).toList();
    List<TransportAddress> four = addresses.stream().filter(TransportAddress::ipv4).toList();
    int rank = 0;
    for (int i = 0; i < Math.max(six.size(), four.size()); i++) {
      if (i < six.size()) {
        to.add(IceCandidate.host(transport, six.get(i), rank++));
      }
      if (i < four.size()) {
        to.add(IceCandidate.host(transport, four.get(i), rank++));
      }
    }
  }
}
