package dev.parley.protocol.srtp;

/// The word that a protected control packet carries (RFC 3711, section 3.4), and the header before
/// what is encrypted.
///
/// ```
///  |E|                      SRTCP index (31)                       |
/// ```
final class SrtcpWord {
  /// Octets of the word itself.
  static final int LENGTH = 4;

  /// The E bit: the packet is encrypted.
  static final int ENCRYPTED = 0x8000_0000;

  static final int INDEX = 0x7fff_ffff;

  /// The octets of the first packet's header and sender SSRC, which stay plain.
  static final int HEADER = 8;

  private SrtcpWord() {}
}
