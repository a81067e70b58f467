package dev.parley.protocol.srtp;

/// The cryptographic transform of one direction of RTP or of RTCP (RFC 3711, section 4): one key,
/// one nonce a packet. Confined to one thread.
///
/// The caller has checked that everything fits. Where a packet is opened, `out` may be left
/// half-written when its tag is wrong.
sealed interface Transform permits GcmTransform, CounterTransform {
  /// The transform of a profile.
  static Transform of(SrtpProfile profile, SessionKeys keys) {
    return profile.aead() ? new GcmTransform(keys) : new CounterTransform(keys);
  }

  /// Encrypts a payload behind the header that stands in `out`, and appends the tag.
  ///
  /// @param index rollover counter and sequence number, 48 bits
  void sealRtp(
      int ssrc,
      long index,
      byte[] payload,
      int payloadAt,
      int payloadLength,
      byte[] out,
      int outAt,
      int headerLength);

  /// Verifies a packet and decrypts its payload to where the header of `out` ends.
  ///
  /// @param length of the whole packet
  /// @return whether the tag was right
  boolean openRtp(
      int ssrc,
      long index,
      byte[] packet,
      int at,
      int length,
      int headerLength,
      byte[] out,
      int outAt);

  /// Encrypts a control packet behind the first eight octets that stand in `out`, and appends tag
  /// and word in the transform's order.
  ///
  /// @param word the E bit and the index
  void sealRtcp(int ssrc, int word, byte[] packet, int at, int length, byte[] out, int outAt);

  /// Verifies a control packet and decrypts what follows the first eight octets.
  ///
  /// @param word the E bit and the index, as they stand in the packet
  /// @param length of the whole packet
  /// @return whether the tag was right
  boolean openRtcp(int ssrc, int word, byte[] packet, int at, int length, byte[] out, int outAt);
}
