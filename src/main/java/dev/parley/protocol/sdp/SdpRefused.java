package dev.parley.protocol.sdp;

/// Text that is not a session description this codec takes, with reason and line: the codec's only
/// failure.
///
/// Stackless; the line says which one of the text was at fault, counted from 1.
public final class SdpRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why a text was refused.
  public enum Reason {
    /// Longer than [SdpLimits#characters()].
    TOO_LONG,
    /// More lines than [SdpLimits#lines()].
    TOO_MANY_LINES,
    /// A line longer than [SdpLimits#line()].
    LINE_TOO_LONG,
    /// More media sections than [SdpLimits#sections()].
    TOO_MANY_SECTIONS,
    /// More attributes in one section, or before the first, than [SdpLimits#attributes()].
    TOO_MANY_ATTRIBUTES,
    /// Not `x=…`, or with a control character (RFC 8866, section 5).
    LINE,
    /// The text does not begin with `v=0`, `o=` and `s=`.
    BEGINNING,
    /// An `o=` or `m=` line without its fields (RFC 8866, sections 5.2 and 5.14).
    FIELDS,
    /// An attribute whose value is not of its grammar.
    VALUE
  }

  private final Reason reason;
  private final int line;

  SdpRefused(Reason reason, int line) {
    super(reason + " at line " + line, null, false, false);
    this.reason = reason;
    this.line = line;
  }

  public Reason reason() {
    return reason;
  }

  /// The line at fault, from 1.
  public int line() {
    return line;
  }
}
