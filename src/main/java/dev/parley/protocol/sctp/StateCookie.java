package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;

/// What an end that answers an INIT needs to know later and keeps with the peer (RFC 9260, section
/// 5.1.3). Only whoever has the key can write one.
///
/// @param baked when, by the association's clock
/// @param localTag of the end that baked it
/// @param window a_rwnd of the peer
/// @param streams the peer takes
/// @param tieLocal the tags of an association there was already, or 0 (section 5.2.2)
record StateCookie(
    long baked,
    int localTag,
    int peerTag,
    int localTsn,
    int peerTsn,
    long window,
    int streams,
    boolean forwardTsn,
    boolean reset,
    int tieLocal,
    int tiePeer) {
  private static final int FACTS = 48;

  /// Octets with the MAC.
  static final int LENGTH = FACTS + SctpKit.MAC;

  byte[] bake(SctpKit kit, long salt) {
    byte[] cookie = new byte[LENGTH];
    Octets.put64(cookie, 0, baked);
    Octets.put32(cookie, 8, localTag);
    Octets.put32(cookie, 12, peerTag);
    Octets.put32(cookie, 16, localTsn);
    Octets.put32(cookie, 20, peerTsn);
    Octets.put32(cookie, 24, (int) window);
    Octets.put16(cookie, 28, streams);
    Octets.put16(cookie, 30, (forwardTsn ? 1 : 0) | (reset ? 2 : 0));
    Octets.put32(cookie, 32, tieLocal);
    Octets.put32(cookie, 36, tiePeer);
    // The salt is the association's own: another one's cookie is none of this one's.
    Octets.put64(cookie, 40, salt);
    System.arraycopy(kit.mac(cookie, 0, FACTS), 0, cookie, FACTS, SctpKit.MAC);
    return cookie;
  }

  /// The cookie of a COOKIE ECHO, or null where this association has not baked it.
  static StateCookie read(SctpKit kit, long salt, byte[] octets, int at, int length) {
    if (length != LENGTH || Octets.u64(octets, at + 40) != salt) {
      return null;
    }
    byte[] mac = kit.mac(octets, at, FACTS);
    if (!Octets.sameInConstantTime(octets, at + FACTS, mac, 0, SctpKit.MAC)) {
      return null;
    }
    int features = Octets.u16(octets, at + 30);
    return new StateCookie(
        Octets.u64(octets, at),
        Octets.u32(octets, at + 8),
        Octets.u32(octets, at + 12),
        Octets.u32(octets, at + 16),
        Octets.u32(octets, at + 20),
        Octets.u32(octets, at + 24) & 0xffff_ffffL,
        Octets.u16(octets, at + 28),
        (features & 1) != 0,
        (features & 2) != 0,
        Octets.u32(octets, at + 32),
        Octets.u32(octets, at + 36));
  }
}
