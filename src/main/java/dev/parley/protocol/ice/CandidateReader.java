package dev.parley.protocol.ice;

import static dev.parley.protocol.ice.IceRefused.Reason.ADDRESS;
import static dev.parley.protocol.ice.IceRefused.Reason.ICE_CHARS;
import static dev.parley.protocol.ice.IceRefused.Reason.NUMBER;
import static dev.parley.protocol.ice.IceRefused.Reason.SYNTAX;
import static dev.parley.protocol.ice.IceRefused.Reason.TCP_TYPE;
import static dev.parley.protocol.ice.IceRefused.Reason.TOO_LONG;
import static dev.parley.protocol.ice.IceRefused.Reason.TRANSPORT;
import static dev.parley.protocol.ice.IceRefused.Reason.TYPE;

import dev.parley.protocol.ice.IceCandidate.Extension;
import dev.parley.protocol.ice.IceCandidate.Related;
import dev.parley.wire.Transport;
import java.util.ArrayList;
import java.util.List;

/// Reads one candidate-attribute, word after word (RFC 8839, section 5.1).
final class CandidateReader {
  /// More than a candidate with a host name and every extension in use.
  private static final int MAX_LENGTH = 1024;

  /// Names and values of the extensions a browser writes are four pairs.
  private static final int MAX_EXTENSIONS = 16;

  private static final long MAX_PRIORITY = 0x7fff_ffffL;

  private final String text;
  private int at;

  CandidateReader(String text) {
    this.text = text;
  }

  IceCandidate read() throws IceRefused {
    check(text.length() <= MAX_LENGTH, TOO_LONG);
    at = text.startsWith("a=") ? 2 : 0;
    check(text.startsWith(IceCandidate.ATTRIBUTE, at), SYNTAX);
    at += IceCandidate.ATTRIBUTE.length();
    String foundation = word();
    check(IceChars.are(foundation, 1, 32), ICE_CHARS);
    int component = (int) number(3, 1, 256);
    Transport transport = transport(word());
    long priority = number(10, 1, MAX_PRIORITY);
    String host = host();
    int port = port();
    check(word().equals("typ"), SYNTAX);
    CandidateType type = CandidateType.of(word());
    check(type != null, TYPE);
    Related related = related();
    List<Extension> extensions = new ArrayList<>();
    TcpType tcpType = extensions(extensions);
    check((transport == Transport.TCP) == (tcpType != null), TCP_TYPE);
    return new IceCandidate(
        foundation, component, transport, priority, host, port, type, related, tcpType, extensions);
  }

  private static Transport transport(String token) throws IceRefused {
    if (token.equalsIgnoreCase("udp")) {
      return Transport.UDP;
    }
    check(token.equalsIgnoreCase("tcp"), TRANSPORT);
    return Transport.TCP;
  }

  private Related related() throws IceRefused {
    if (!text.startsWith(" raddr ", at)) {
      return null;
    }
    word();
    String host = host();
    check(word().equals("rport"), SYNTAX);
    return new Related(host, port());
  }

  /// Fills in all but `tcptype`, which it returns or null.
  private TcpType extensions(List<Extension> extensions) throws IceRefused {
    TcpType tcpType = null;
    while (at < text.length()) {
      String name = word();
      String value = word();
      if (name.equals("tcptype")) {
        check(tcpType == null && TcpType.of(value) != null, TCP_TYPE);
        tcpType = TcpType.of(value);
      } else {
        check(extensions.size() < MAX_EXTENSIONS, TOO_LONG);
        extensions.add(new Extension(name, value));
      }
    }
    return tcpType;
  }

  private int port() throws IceRefused {
    return (int) number(5, 0, 0xffff);
  }

  private String host() throws IceRefused {
    String host = word();
    check(IpLiteral.of(host, 0) != null || couldBeName(host), ADDRESS);
    return host;
  }

  // Letters, digits, hyphens and dots, and not only digits and dots: that would be an address gone
  // wrong, which some resolvers take all the same.
  private static boolean couldBeName(String host) {
    boolean letter = false;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean alpha = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (!alpha && (c < '0' || c > '9') && c != '-' && c != '.') {
        return false;
      }
      letter |= alpha;
    }
    return letter && host.length() <= 255;
  }

  private long number(int digits, long least, long most) throws IceRefused {
    String word = word();
    check(word.length() <= digits, NUMBER);
    long number = 0;
    for (int i = 0; i < word.length(); i++) {
      int digit = word.charAt(i) - '0';
      check(digit >= 0 && digit <= 9, NUMBER);
      number = 10 * number + digit;
    }
    check(number >= least && number <= most, NUMBER);
    return number;
  }

  /// The next word, never empty; words stand one space apart, and visible ASCII makes them.
  private String word() throws IceRefused {
    if (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    int from = at;
    while (at < text.length() && text.charAt(at) != ' ') {
      char c = text.charAt(at++);
      check(c > 0x20 && c < 0x7f, SYNTAX);
    }
    check(at > from, SYNTAX);
    return text.substring(from, at);
  }

  private static void check(boolean right, IceRefused.Reason reason) throws IceRefused {
    if (!right) {
      throw reason.refused();
    }
  }
}
