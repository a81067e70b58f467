package dev.parley.engine.turn;

import dev.parley.engine.Effects;
import dev.parley.engine.turn.Request.Check;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import java.util.List;

/// ConnectionBind (RFC 6062, section 5.4): makes the stream it came on the data connection of a
/// peer's connection. It may come on another loop than the allocation's. Confined to one loop.
final class TcpRelayConnectionBind implements Method {
  private final Effects<TurnEffect> effects;
  private final TcpRelayConnections connections;
  private final Answers answers;
  private final TurnPlace place;

  private final List<Check> form =
      List.of(this::cameOnAStream, this::streamIsNoControlConnection, this::connectionIsNamed);

  private final List<Check> rules = List.of(this::connectionWaits, this::userIsItsOwner);

  TcpRelayConnectionBind(
      Effects<TurnEffect> effects,
      TcpRelayConnections connections,
      Answers answers,
      TurnPlace place) {
    this.effects = effects;
    this.connections = connections;
    this.answers = answers;
    this.place = place;
  }

  @Override
  public void take(Request request) throws StunRefused {
    if (answers.refused(request, form)) {
      return;
    }
    int loop = connections.loopOf(id(request));
    if (loop != place.loop()) {
      effects.effect(new TurnEffect.PassOn(request.path(), loop, request.message().copy()));
      return;
    }
    if (!answers.refused(request, rules)) {
      answers.succeed(request);
      connections.bind(connections.of(id(request)), request.path());
    }
    if (place.loops() > 1) {
      // Bound or refused, nothing more on this path is for this loop.
      effects.effect(new TurnEffect.TakeBack(request.path()));
    }
  }

  private StunError cameOnAStream(Request request) {
    return request.path().transport().stream() ? null : StunError.BAD_REQUEST;
  }

  private StunError streamIsNoControlConnection(Request request) {
    return request.allocation() == null ? null : StunError.BAD_REQUEST;
  }

  private StunError connectionIsNamed(Request request) {
    return request.has(StunAttribute.CONNECTION_ID) ? null : StunError.BAD_REQUEST;
  }

  private StunError connectionWaits(Request request) throws StunRefused {
    TcpRelayConnection connection = connections.of(id(request));
    boolean waits = connection != null && connection.state() == TcpRelayConnection.State.UNBOUND;
    return waits ? null : StunError.BAD_REQUEST;
  }

  private StunError userIsItsOwner(Request request) throws StunRefused {
    Allocation allocation = connections.of(id(request)).allocation();
    return allocation.belongsTo(request.credential()) ? null : StunError.WRONG_CREDENTIALS;
  }

  private static int id(Request request) throws StunRefused {
    int value = request.message().find(StunAttribute.CONNECTION_ID);
    return StunValues.u32(request.message(), value);
  }
}
