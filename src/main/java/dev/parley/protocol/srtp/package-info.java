/// SRTP and SRTCP (RFC 3711, RFC 7714) as WebRTC uses them: keyed by DTLS (RFC 5764), on the JDK's
/// own ciphers, without I/O.
///
/// [SrtpKeys] splits what the handshake exported; [SrtpSender] protects one direction of a
/// connection and [SrtpReceiver] unprotects the other. Both work on octets where they lie and
/// answer with lengths; what is refused is a negative number, see [SrtpRefusal].
///
/// ## Assumptions
///
/// - No master key identifier (MKI): an offer of `use_srtp` with one is answered without (RFC 5764,
///   section 4.1.3), so no packet has the field.
/// - The key derivation rate is zero, as RFC 5764, section 4.1.2, has it: session keys are derived
///   once. A connection that outlives 2^48 packets or 2^31 control packets is refused rather than
///   keyed anew.
/// - A master salt of 96 bits is filled up with zero octets on its right before the key derivation
///   of RFC 3711, section 4.3.3: RFC 7714 does not say how, all implementations do it so.
/// - Control packets are counted from 1, as other implementations count them, not from 0 (RFC 3711,
///   section 3.2.1), and over all SSRCs of a direction together: each SSRC's index still only
///   rises.
/// - Control packets are always encrypted by us; authentic ones that are not (E bit 0) are taken.
/// - A packet from before the first one of its stream has no index (the rollover counter would be
///   negative) and is refused in both directions. So a stream that we send should begin below
///   sequence number 2^15, and one whose first packets around the wrap are lost cannot be followed
///   (RFC 3711, section 3.3.1).
/// - Header extensions are authenticated but not encrypted (RFC 6904 and RFC 9335 are not offered).
package dev.parley.protocol.srtp;
