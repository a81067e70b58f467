package dev.parley.signal;

import java.util.List;

/// The ICE servers a newcomer is told; boot knows the ports and the TURN secret.
@FunctionalInterface
public interface IceServers {
  /// Asked once a join, under no lock that others wait for longer than the answer takes: compute,
  /// never block.
  ///
  /// @param host the name the browser used for this server, without port; null where it named none
  /// @param identity whom TURN credentials are made for
  List<IceServer> forHost(String host, String identity);
}
