package dev.parley.protocol.stun;

/// Octets that are not a STUN message this codec takes, with the reason: the codec's only failure.
///
/// Stackless, and one instance per reason: a flood of noise costs no garbage.
public final class StunRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why a message, or the value of an attribute, was refused.
  public enum Reason {
    /// Shorter than the header.
    TOO_SHORT,
    /// The first two bits are not zero.
    NOT_STUN,
    /// Bits 32 to 63 are not the magic cookie: RFC 3489 or noise.
    NO_MAGIC_COOKIE,
    /// The message length is no multiple of 4, or not what arrived.
    LENGTH,
    /// An attribute reaches beyond the message.
    ATTRIBUTE_OVERRUN,
    /// More attributes than [StunMessage#MAX_ATTRIBUTES].
    TOO_MANY_ATTRIBUTES,
    /// The value has a length its attribute cannot have.
    ATTRIBUTE_LENGTH,
    /// An address family that is neither IPv4 nor IPv6.
    ADDRESS_FAMILY,
    /// Text that is not UTF-8.
    NOT_UTF_8,
    /// An error code outside 300 to 699.
    ERROR_CODE,
    /// Text that the OpaqueString profile does not allow.
    TEXT,
    /// A value that its attribute does not have.
    VALUE,
    /// An access token that no key of ours opens.
    TOKEN;

    private final StunRefused refused = new StunRefused(this);

    /// The refusal for this reason, to throw.
    StunRefused refused() {
      return refused;
    }
  }

  private final Reason reason;

  private StunRefused(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
