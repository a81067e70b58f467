package dev.parley.protocol.sdp;

/// A description that was read but cannot be taken, with the reason; the negotiation is as it was.
///
/// Stackless.
public final class NegotiationRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why a description was refused.
  public enum Reason {
    /// An offer with a number not above the last one's, or the answer to an offer that is not
    /// pending any more.
    STALE,
    /// An answer to an offer that was never made.
    NO_OFFER,
    /// Fewer sections than before, or in an answer not as many as offered (RFC 3264, section 8).
    SECTIONS,
    /// A section that changed its mid or its media.
    ORDER,
    /// A section without a mid, or two with the same (RFC 5888, section 4).
    MID,
    /// No ICE credentials for the bundle (RFC 8839).
    NO_ICE,
    /// New ICE credentials in an answer to an offer that did not restart, or old ones in an answer
    /// to one that did (RFC 8839, section 4.4.1).
    ICE_GENERATION,
    /// No fingerprint of SHA-256 or better (RFC 8122).
    NO_FINGERPRINT,
    /// Another certificate without an ICE restart.
    FINGERPRINT_CHANGED,
    /// A DTLS role that cannot be, or another one than before (RFC 8842, section 5).
    SETUP,
    /// Not one section that the server can take.
    NOTHING_ACCEPTABLE,
    /// An answer that gives an offered payload type another meaning (RFC 3264, section 6.1).
    PAYLOAD_TYPE
  }

  private final Reason reason;

  NegotiationRefused(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  static void unless(boolean good, Reason reason) throws NegotiationRefused {
    if (!good) {
      throw new NegotiationRefused(reason);
    }
  }

  public Reason reason() {
    return reason;
  }
}
