package dev.parley.engine.turn;

import dev.parley.engine.Effects;
import dev.parley.engine.Tally;
import dev.parley.media.Counter;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunMethod;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunValues;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.Octets;
import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.Arrays;

/// Relays what goes by no route (RFC 8656, sections 11 and 12.4 to 12.6): Send and Data
/// indications, and ChannelData while only binding or only permission lives. Confined to one loop.
final class Relaying {
  /// Octets before the data of a ChannelData message.
  private static final int CHANNEL_HEADER = 4;

  /// Header, XOR-PEER-ADDRESS of IPv6 and the header of DATA.
  private static final int DATA_HEADER = StunMessage.HEADER + 24 + 4;

  /// Most octets of a UDP datagram over IPv4.
  private static final int MAX_DATAGRAM = 65507;

  private final Effects<TurnEffect> effects;
  private final Tally tally;
  private final Allocations allocations;
  private final Rulebook rules;
  private final StunWriter writer = new StunWriter();
  private final byte[] scratch = new byte[0x1_0000 + DATA_HEADER + 4];
  private final byte[] transaction = new byte[12];
  private long transactions;

  /// @param firstTransaction where transactions of indications begin; they are answered by nobody,
  ///   so they need be different and no more
  Relaying(
      Effects<TurnEffect> effects,
      Tally tally,
      Allocations allocations,
      Rulebook rules,
      long firstTransaction) {
    this.effects = effects;
    this.tally = tally;
    this.allocations = allocations;
    this.rules = rules;
    this.transactions = firstTransaction;
  }

  /// A ChannelData message from a client (section 12.6).
  void channelData(byte[] octets, int at, int length, FiveTuple path, long now) {
    int data = length < CHANNEL_HEADER ? -1 : Octets.u16(octets, at + 2);
    if (data < 0 || data > length - CHANNEL_HEADER) {
      tally.count(Counter.INPUT_MALFORMED);
      return;
    }
    Allocation allocation = ready(path);
    ChannelBinding binding =
        allocation == null ? null : allocation.channels().of(Octets.u16(octets, at));
    if (binding == null || !binding.lives(now)) {
      tally.count(Counter.TURN_DROPPED);
      return;
    }
    if (outward(allocation, data, now)) {
      effects.transmit(octets, at + CHANNEL_HEADER, data, binding.relayPath());
    }
  }

  /// A Send indication (section 11.2); nobody is told why it goes nowhere.
  void send(StunMessage message, FiveTuple path, long now) throws StunRefused {
    int to = message.find(StunAttribute.XOR_PEER_ADDRESS);
    int data = message.find(StunAttribute.DATA);
    if (to == StunMessage.NONE || data == StunMessage.NONE) {
      tally.count(Counter.INPUT_MALFORMED);
      return;
    }
    TransportAddress peer = StunValues.xorAddress(message, to);
    Allocation allocation = ready(path);
    Relay relay = allocation == null ? null : allocation.relayFor(peer);
    boolean datagrams = relay != null && relay.transport() == Transport.UDP;
    if (!datagrams || message.length(data) > MAX_DATAGRAM) {
      tally.count(Counter.TURN_DROPPED);
      return;
    }
    if (!allocation.permissions().permits(peer, now) || !rules.peers().permits(peer)) {
      tally.count(Counter.TURN_PERMISSION_DENIALS);
      return;
    }
    int length = message.length(data);
    if (!outward(allocation, length, now)) {
      return;
    }
    if (message.has(StunAttribute.DONT_FRAGMENT)) {
      byte[] whole = Arrays.copyOfRange(message.octets(), data, data + length);
      effects.effect(new TurnEffect.SendWhole(relay.id(), peer, whole));
    } else {
      effects.transmit(message.octets(), data, length, relay.to(peer));
    }
  }

  /// A datagram from a peer (sections 11.3 and 12.7).
  void fromPeer(long relayId, byte[] octets, int at, int length, TransportAddress peer, long now) {
    Allocation allocation = reachable(relayId);
    if (allocation == null) {
      tally.count(Counter.TURN_DROPPED);
      return;
    }
    if (!allocation.permissions().permits(peer, now)) {
      tally.count(Counter.TURN_PERMISSION_DENIALS);
      return;
    }
    boolean stream = allocation.path().transport().stream();
    ChannelBinding binding = allocation.channels().to(peer);
    boolean channel = binding != null && binding.lives(now);
    int header = channel ? CHANNEL_HEADER : DATA_HEADER;
    if (length + header > (stream ? 0xffff : MAX_DATAGRAM)) {
      tally.count(Counter.TURN_DROPPED);
      return;
    }
    if (!allocation.meter().inward(length, now)) {
      tally.count(Counter.TURN_BANDWIDTH_DROPS);
      return;
    }
    tally.count(Counter.TURN_PACKETS_IN);
    tally.add(Counter.TURN_OCTETS_IN, length);
    if (channel) {
      channelData(binding.channel(), octets, at, length, allocation.path());
    } else {
      dataIndication(peer).octets(StunAttribute.DATA, octets, at, length);
      effects.transmit(scratch, 0, writer.length(), allocation.path());
    }
  }

  private void channelData(int channel, byte[] octets, int at, int length, FiveTuple path) {
    Octets.put16(scratch, 0, channel);
    Octets.put16(scratch, 2, length);
    System.arraycopy(octets, at, scratch, CHANNEL_HEADER, length);
    int end = CHANNEL_HEADER + length;
    if (path.transport().stream()) {
      // Section 12.5: padded on streams, and only there.
      int padded = end + 3 & ~3;
      Arrays.fill(scratch, end, padded, (byte) 0);
      end = padded;
    }
    effects.transmit(scratch, 0, end, path);
  }

  /// The network has answered a relayed datagram (section 11.5): the client is told, where the peer
  /// is permitted and the message is of the kinds the section names.
  void icmp(long relayId, TransportAddress peer, int type, int code, int data, long now) {
    Allocation allocation = reachable(relayId);
    boolean told = peer.ipv4() ? type == 3 || type == 11 : type >= 1 && type <= 3;
    if (allocation == null || !told || !allocation.permissions().permits(peer, now)) {
      return;
    }
    // Section 18.13: 16 bits reserved, 7 of type, 9 of code, 32 of data.
    long value = (type & 0x7fL) << 41 | (code & 0x1ffL) << 32 | data & 0xffff_ffffL;
    dataIndication(peer).u64(StunAttribute.ICMP, value);
    effects.transmit(scratch, 0, writer.length(), allocation.path());
  }

  private StunWriter dataIndication(TransportAddress peer) {
    Octets.put64(transaction, 4, transactions++);
    return writer
        .indication(scratch, 0, StunMethod.DATA, transaction)
        .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer);
  }

  private boolean outward(Allocation allocation, int length, long now) {
    if (!allocation.meter().outward(length, now)) {
      tally.count(Counter.TURN_BANDWIDTH_DROPS);
      return false;
    }
    tally.count(Counter.TURN_PACKETS_OUT);
    tally.add(Counter.TURN_OCTETS_OUT, length);
    return true;
  }

  private Allocation ready(FiveTuple path) {
    Allocation allocation = allocations.on(path);
    return allocation != null && allocation.ready() ? allocation : null;
  }

  private Allocation reachable(long relayId) {
    Relay relay = allocations.relay(relayId);
    Allocation allocation = relay == null || relay.kept() ? null : relay.allocation();
    return allocation != null && allocation.ready() && allocation.connected() ? allocation : null;
  }
}
