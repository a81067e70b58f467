package dev.parley.engine.turn;

import dev.parley.engine.turn.Request.Check;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.wire.Transport;
import java.util.List;

/// Connect (RFC 6062, section 5.2): a TCP connection from the relayed transport address to a peer;
/// answered when it stands or is known not to. Confined to one loop.
final class TcpRelayConnect implements Method {
  private final TcpRelayConnections connections;
  private final Answers answers;
  private final Rulebook book;

  private final List<Check> rules =
      List.of(
          Request::allocationIsThere,
          this::peerIsNamed,
          this::familyIsAllocated,
          this::allocationIsOfTcp,
          this::peerIsAllowed,
          this::peerIsNotConnected,
          this::thereIsRoom);

  TcpRelayConnect(TcpRelayConnections connections, Answers answers, Rulebook book) {
    this.connections = connections;
    this.answers = answers;
    this.book = book;
  }

  @Override
  public void take(Request request) throws StunRefused {
    if (!answers.refused(request, rules)) {
      connections.connect(request, relay(request), request.peer());
    }
  }

  private StunError peerIsNamed(Request request) {
    return request.has(StunAttribute.XOR_PEER_ADDRESS) ? null : StunError.BAD_REQUEST;
  }

  private StunError familyIsAllocated(Request request) throws StunRefused {
    return relay(request) == null ? StunError.PEER_ADDRESS_FAMILY_MISMATCH : null;
  }

  private StunError allocationIsOfTcp(Request request) throws StunRefused {
    return relay(request).transport() == Transport.TCP ? null : StunError.BAD_REQUEST;
  }

  private StunError peerIsAllowed(Request request) throws StunRefused {
    return book.peers().permits(request.peer()) ? null : StunError.FORBIDDEN;
  }

  private StunError peerIsNotConnected(Request request) throws StunRefused {
    return connections.reaches(relay(request), request.peer())
        ? StunError.CONNECTION_ALREADY_EXISTS
        : null;
  }

  private StunError thereIsRoom(Request request) {
    return connections.roomFor(request.allocation()) ? null : StunError.INSUFFICIENT_CAPACITY;
  }

  private static Relay relay(Request request) throws StunRefused {
    return request.allocation().relayFor(request.peer());
  }
}
