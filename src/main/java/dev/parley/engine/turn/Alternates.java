package dev.parley.engine.turn;

import dev.parley.wire.TransportAddress;
import java.util.List;

/// The transport addresses between which a client learns how its NAT behaves (RFC 5780, section 6):
/// for each address family two addresses and two ports, so four sockets, each bound to its own
/// address and not to a wildcard, which could not tell by which address it was reached.
///
/// @param families one for each address family that has a second address; none: the usage is not
///   offered
public record Alternates(List<Family> families) {
  /// No second address: NAT behaviour discovery is not offered.
  public static final Alternates NONE = new Alternates(List.of());

  public Alternates {
    families = List.copyOf(families);
  }

  /// What stands around a local address, or null where it has no alternates.
  Family around(TransportAddress local) {
    for (Family family : families) {
      if (family.has(local)) {
        return family;
      }
    }
    return null;
  }

  /// Two addresses and two ports of one family.
  ///
  /// @param primary local address and port of the usual socket
  /// @param alternate another local address, another port
  /// @param primarySeen `primary` as the world sees its address (1:1 NAT, which keeps ports)
  /// @param alternateSeen `alternate` as the world sees its address
  public record Family(
      TransportAddress primary,
      TransportAddress alternate,
      TransportAddress primarySeen,
      TransportAddress alternateSeen) {
    public Family {
      if (primary.ipv4() != alternate.ipv4()
          || sameAddress(primary, alternate)
          || primary.port() == alternate.port()) {
        throw new IllegalArgumentException("alternates differ in address and port, not in family");
      }
    }

    /// Addresses that the world sees as they are.
    public Family(TransportAddress primary, TransportAddress alternate) {
      this(primary, alternate, primary, alternate);
    }

    boolean has(TransportAddress local) {
      return (sameAddress(local, primary) || sameAddress(local, alternate))
          && (local.port() == primary.port() || local.port() == alternate.port());
    }

    /// The local address that is answered from (RFC 5780, section 6.1, table 1).
    TransportAddress other(TransportAddress local, boolean changeAddress, boolean changePort) {
      TransportAddress address = sameAddress(local, primary) != changeAddress ? primary : alternate;
      TransportAddress port = local.port() == primary.port() != changePort ? primary : alternate;
      return address.withPort(port.port());
    }

    /// A local address of this family as the world sees it.
    TransportAddress seen(TransportAddress local) {
      TransportAddress seen = sameAddress(local, primary) ? primarySeen : alternateSeen;
      return seen.withPort(local.port());
    }

    private static boolean sameAddress(TransportAddress a, TransportAddress b) {
      return a.high() == b.high() && a.low() == b.low();
    }
  }
}
