package dev.parley.media;

import java.util.List;

/// One allocation as an administrator sees it.
///
/// @param id names it while it lives, unique on its node
/// @param user whom quotas count it for
/// @param username what the client authenticated with
/// @param transport of the client: `udp`, `tcp`, `tls` or `dtls`
/// @param client transport address of the client, in full
/// @param relayed the relayed transport addresses, in full
/// @param age seconds since it was made
/// @param expires seconds until it ends unless refreshed
/// @param packetsOut from the client to peers
/// @param packetsIn from peers to the client
public record AllocationView(
    String id,
    int loop,
    String realm,
    String user,
    String username,
    String transport,
    String client,
    List<String> relayed,
    long age,
    long expires,
    int permissions,
    int channels,
    long packetsOut,
    long octetsOut,
    long packetsIn,
    long octetsIn) {
  public AllocationView {
    relayed = List.copyOf(relayed);
  }

  /// Nothing that says who or from where.
  @Override
  public String toString() {
    return "AllocationView[" + id + "]";
  }
}
