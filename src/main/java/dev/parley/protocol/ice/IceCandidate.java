package dev.parley.protocol.ice;

import dev.parley.wire.Transport;
import dev.parley.wire.TransportAddress;
import java.util.List;

/// A candidate as a session description or a trickled line tells it: the candidate-attribute of RFC
/// 8839, section 5.1.
///
/// ```
/// candidate:foundation component transport priority address port typ type
///     [raddr address rport port] [tcptype type] *(name value)
/// ```
///
/// A name in place of the address, as mDNS hides them, stays unresolved: nobody looks it up, and no
/// candidate of a client is ever sent to.
///
/// @param foundation 1 to 32 ice-chars
/// @param component 1 to 256
/// @param transport UDP or TCP
/// @param priority 1 to 2^31 - 1
/// @param host an IP address or a name, as written
/// @param port 0 to 65535; 9 for active TCP candidates
/// @param related the base of a reflexive or relayed candidate, or null
/// @param tcpType of a TCP candidate, otherwise null
/// @param extensions what else was said, in its order
public record IceCandidate(
    String foundation,
    int component,
    Transport transport,
    long priority,
    String host,
    int port,
    CandidateType type,
    Related related,
    TcpType tcpType,
    List<Extension> extensions) {
  static final String ATTRIBUTE = "candidate:";

  /// The related address, as written.
  public record Related(String host, int port) {}

  /// An extension attribute, such as `generation 0` and `ufrag EsAw`.
  public record Extension(String name, String value) {}

  public IceCandidate {
    extensions = List.copyOf(extensions);
  }

  /// One of the server's own candidates, which costs a client one look: host, of component 1.
  ///
  /// @param rank its place among those of its transport, 0 the best
  public static IceCandidate host(Transport transport, TransportAddress address, int rank) {
    // The same base address and transport make the same foundation (RFC 8445, section 5.1.1.3).
    TransportAddress base = address.withPort(transport.ordinal());
    return new IceCandidate(
        Integer.toUnsignedString(base.hashCode()),
        IcePriority.COMPONENT,
        transport,
        IcePriority.host(transport, rank),
        IpLiteral.text(address),
        address.port(),
        CandidateType.HOST,
        null,
        transport == Transport.TCP ? TcpType.PASSIVE : null,
        List.of());
  }

  /// Reads a candidate-attribute, with or without `a=` before it.
  ///
  /// @throws IceRefused for what is malformed or not to be used
  public static IceCandidate parse(String text) throws IceRefused {
    return new CandidateReader(text).read();
  }

  /// The transport address, or null while the host is a name.
  public TransportAddress address() {
    return IpLiteral.of(host, port);
  }

  /// The value of the first extension of a name, or null.
  public String extension(String name) {
    for (Extension extension : extensions) {
      if (extension.name.equals(name)) {
        return extension.value;
      }
    }
    return null;
  }

  /// The value of the candidate-attribute: what stands behind `a=candidate:`.
  public String value() {
    return text().substring(ATTRIBUTE.length());
  }

  /// The candidate-attribute, beginning with `candidate:`.
  public String text() {
    StringBuilder text = new StringBuilder(96);
    text.append(ATTRIBUTE).append(foundation).append(' ').append(component);
    text.append(transport == Transport.TCP ? " tcp " : " udp ").append(priority);
    text.append(' ').append(host).append(' ').append(port).append(" typ ").append(type.token());
    if (related != null) {
      text.append(" raddr ").append(related.host).append(" rport ").append(related.port);
    }
    if (tcpType != null) {
      text.append(" tcptype ").append(tcpType.token());
    }
    for (Extension extension : extensions) {
      text.append(' ').append(extension.name).append(' ').append(extension.value);
    }
    return text.toString();
  }

  /// No address: the text of a candidate may come into a log.
  @Override
  public String toString() {
    return "IceCandidate[" + transport + " " + type.token() + " " + priority + "]";
  }
}
