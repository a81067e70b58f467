package dev.parley.engine.turn;

import dev.parley.engine.turn.Request.Check;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunError;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;

/// ChannelBind (RFC 8656, section 12.2): binds or refreshes, and permits the peer. Confined to one
/// loop.
final class ChannelBindMethod implements Method {
  private final Allocations allocations;
  private final Answers answers;
  private final Rulebook book;

  private final List<Check> rules =
      List.of(
          Request::allocationIsThere,
          this::bothAreNamed,
          this::channelIsInRange,
          this::channelIsNotOfAnotherPeer,
          this::peerIsNotOnAnotherChannel,
          this::familyIsAllocated,
          this::datagramsAreRelayed,
          this::peerIsAllowed,
          this::thereIsRoom);

  ChannelBindMethod(Allocations allocations, Answers answers, Rulebook book) {
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
    TransportAddress peer = request.peer();
    ChannelBinding binding = allocation.channels().of(channel(request));
    if (binding == null) {
      binding = new ChannelBinding(channel(request), allocation.relayFor(peer).to(peer));
      allocation.channels().add(binding);
    }
    binding.refresh(request.now() + ChannelBinding.LIFETIME);
    long until = request.now() + Permissions.LIFETIME;
    allocation.permissions().install(peer, until);
    allocations.sooner(allocation, until);
    allocations.settle(allocation, request.now());
    answers.succeed(request);
  }

  private StunError bothAreNamed(Request request) {
    boolean both =
        request.has(StunAttribute.CHANNEL_NUMBER) && request.has(StunAttribute.XOR_PEER_ADDRESS);
    return both ? null : StunError.BAD_REQUEST;
  }

  private StunError channelIsInRange(Request request) throws StunRefused {
    int channel = channel(request);
    boolean within = channel >= ChannelBinding.FIRST && channel <= ChannelBinding.LAST;
    return within ? null : StunError.BAD_REQUEST;
  }

  private StunError channelIsNotOfAnotherPeer(Request request) throws StunRefused {
    ChannelBinding bound = request.allocation().channels().of(channel(request));
    boolean free = bound == null || bound.peer().equals(request.peer());
    return free ? null : StunError.BAD_REQUEST;
  }

  private StunError peerIsNotOnAnotherChannel(Request request) throws StunRefused {
    ChannelBinding bound = request.allocation().channels().to(request.peer());
    boolean free = bound == null || bound.channel() == channel(request);
    return free ? null : StunError.BAD_REQUEST;
  }

  private StunError familyIsAllocated(Request request) throws StunRefused {
    return request.allocation().relayFor(request.peer()) == null
        ? StunError.PEER_ADDRESS_FAMILY_MISMATCH
        : null;
  }

  /// A TCP allocation has connections instead (RFC 6062, section 3).
  private StunError datagramsAreRelayed(Request request) throws StunRefused {
    boolean datagrams = request.allocation().relayFor(request.peer()).transport() == Transport.UDP;
    return datagrams ? null : StunError.BAD_REQUEST;
  }

  private StunError peerIsAllowed(Request request) throws StunRefused {
    return book.peers().permits(request.peer()) ? null : StunError.FORBIDDEN;
  }

  private StunError thereIsRoom(Request request) throws StunRefused {
    Allocation allocation = request.allocation();
    TransportAddress peer = request.peer();
    boolean channel =
        allocation.channels().to(peer) != null
            || allocation.channels().size() < ChannelBindings.MOST;
    boolean permission =
        allocation.permissions().lists(peer) || allocation.permissions().size() < Permissions.MOST;
    return channel && permission ? null : StunError.INSUFFICIENT_CAPACITY;
  }

  private static int channel(Request request) throws StunRefused {
    // Section 18.1: the number, then two octets that are reserved.
    int value = request.message().find(StunAttribute.CHANNEL_NUMBER);
    return StunValues.u32(request.message(), value) >>> 16;
  }
}
