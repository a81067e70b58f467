package dev.parley.engine.turn;

import dev.parley.wire.TransportAddress;

/// What the adapter tells the TURN server about its relay sockets: the answers to [TurnEffect], and
/// what peers do. On the loop's thread, never from within an effect being ordered.
public interface RelaySide {
  /// The relay socket is bound.
  void opened(long relay, long now);

  /// The relay socket could not be bound.
  ///
  /// @param taken the port is in use by somebody else; another may be free
  void refused(long relay, boolean taken, long now);

  /// A datagram from a peer for which no route is up.
  ///
  /// @param octets valid and mutable during the call only
  void fromPeer(long relay, byte[] octets, int at, int length, TransportAddress peer, long now);

  /// The network answered a relayed datagram with an ICMP error (RFC 8656, section 12.4).
  ///
  /// @param type ICMP or ICMPv6 type by the family of the peer
  /// @param data the field behind the checksum, as of Packet Too Big
  void icmp(long relay, TransportAddress peer, int type, int code, int data, long now);

  /// A TCP connection that was ordered by [TurnEffect.Connect] stands.
  void connected(int connection, long now);

  /// It does not stand and will not.
  void connectFailed(int connection, long now);

  /// A peer has connected to a TCP relay.
  ///
  /// @return the CONNECTION-ID it has from now on, or -1 to close it at once
  int accepted(long relay, TransportAddress peer, long now);

  /// A peer connection has ended, bridged or not.
  void disconnected(int connection, long now);
}
