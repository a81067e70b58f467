package dev.parley.protocol.ice;

/// Text that is not the ICE description this package takes, with the reason: the only failure of
/// its readers (RFC 8839).
///
/// Stackless, and one instance per reason: a flood of bad candidates costs no garbage.
public final class IceRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why a candidate or a credential was refused.
  public enum Reason {
    /// Longer than anybody writes.
    TOO_LONG,
    /// Not the fields of a candidate-attribute in their order.
    SYNTAX,
    /// A foundation, user name fragment or password with characters or a length it cannot have.
    ICE_CHARS,
    /// A number outside its range.
    NUMBER,
    /// Neither an IP address nor anything that could be a host name.
    ADDRESS,
    /// A transport other than UDP and TCP, to be ignored (RFC 8839, section 5.1).
    TRANSPORT,
    /// A candidate type that RFC 8445 does not have, to be ignored.
    TYPE,
    /// A TCP candidate without the tcptype it must have, or with an unknown one (RFC 6544, section
    /// 4.5).
    TCP_TYPE;

    private final IceRefused refused = new IceRefused(this);

    /// The refusal for this reason, to throw.
    IceRefused refused() {
      return refused;
    }
  }

  private final Reason reason;

  private IceRefused(Reason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
