package dev.parley.engine.turn;

import dev.parley.engine.turn.Request.Check;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.wire.TransportAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// CreatePermission (RFC 8656, section 10.2): all of the addresses, or none. Confined to one loop.
final class CreatePermissionMethod implements Method {
  private final Allocations allocations;
  private final Answers answers;
  private final Rulebook book;

  private final List<Check> rules =
      List.of(
          Request::allocationIsThere,
          this::somebodyIsNamed,
          this::familiesAreAllocated,
          this::peersAreAllowed,
          this::thereIsRoom);

  CreatePermissionMethod(Allocations allocations, Answers answers, Rulebook book) {
    this.allocations = allocations;
    this.answers = answers;
    this.book = book;
  }

  @Override
  public void take(Request request) throws StunRefused {
    Allocation allocation = request.allocation();
    if (allocation != null) {
      allocations.settle(allocation, request.now());
    }
    if (answers.refused(request, rules)) {
      return;
    }
    long until = request.now() + Permissions.LIFETIME;
    for (TransportAddress peer : peers(request)) {
      allocation.permissions().install(peer, until);
    }
    allocations.sooner(allocation, until);
    allocations.settle(allocation, request.now());
    answers.succeed(request);
  }

  private StunError somebodyIsNamed(Request request) throws StunRefused {
    return peers(request).isEmpty() ? StunError.BAD_REQUEST : null;
  }

  private StunError familiesAreAllocated(Request request) throws StunRefused {
    return peers(request).stream().anyMatch(peer -> request.allocation().relayFor(peer) == null)
        ? StunError.PEER_ADDRESS_FAMILY_MISMATCH
        : null;
  }

  private StunError peersAreAllowed(Request request) throws StunRefused {
    return peers(request).stream().allMatch(book.peers()::permitsAddress)
        ? null
        : StunError.FORBIDDEN;
  }

  private StunError thereIsRoom(Request request) throws StunRefused {
    Permissions permissions = request.allocation().permissions();
    long added = peers(request).stream().filter(peer -> !permissions.lists(peer)).count();
    return permissions.size() + added > Permissions.MOST ? StunError.INSUFFICIENT_CAPACITY : null;
  }

  /// The addresses of all XOR-PEER-ADDRESS attributes, each once; ports do not matter.
  private static Set<TransportAddress> peers(Request request) throws StunRefused {
    StunMessage message = request.message();
    Set<TransportAddress> peers = new LinkedHashSet<>();
    for (int value = message.first(); value != StunMessage.NONE; value = message.next(value)) {
      if (message.type(value) == StunAttribute.XOR_PEER_ADDRESS.code()) {
        peers.add(StunValues.xorAddress(message, value).withPort(0));
      }
    }
    return peers;
  }
}
