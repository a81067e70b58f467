package dev.parley.door.json;

import dev.parley.signal.Attachment;
import dev.parley.signal.CloseReason;
import dev.parley.signal.ErrorCode;
import dev.parley.signal.Request;
import dev.parley.signal.Signaling;
import dev.parley.socket.Outlet;
import dev.parley.socket.SocketLine;

/// The way in of one socket: frames become requests.
final class Inlet {
  private final Signaling signaling;
  private final Dialect dialect;
  private final SocketLine line;
  private final Attachment at;

  /// @param known whether the origin is allowed; others are told and closed at once
  Inlet(
      Signaling signaling, Dialect dialect, Outlet outlet, Attachment.Knock knock, boolean known) {
    this.signaling = signaling;
    this.dialect = dialect;
    this.line = new SocketLine(outlet, dialect, signaling.limits());
    this.at = signaling.open(knock, line);
    if (!known) {
      signaling.refuse(at, ErrorCode.ORIGIN_REFUSED, "this origin is not allowed");
    } else if (dialect == Dialect.CLASSIC) {
      signaling.receive(at, new Request.Join(null, null, null, null, null, null));
    }
  }

  void text(String text) {
    int octets = octets(text, signaling.limits().maxMessageBytes());
    if (octets <= signaling.limits().maxMessageBytes()) {
      signaling.receive(at, dialect.read(text));
    } else if (octets > signaling.most(at)) {
      signaling.receive(at, new Request.TooBig(null, octets));
    } else {
      // Descriptions of large rooms go to the loop; nothing so long is passed on to other people.
      Request read = dialect.read(text);
      boolean fits = read instanceof Request.Describe;
      signaling.receive(at, fits ? read : new Request.TooBig(read.ref(), octets));
    }
  }

  void binary() {
    signaling.receive(at, new Request.Unreadable(null, "text frames only", true));
  }

  void pong() {
    signaling.heard(at);
  }

  void lose(CloseReason reason) {
    signaling.lose(at, reason);
  }

  void gone() {
    line.gone();
    signaling.detached(at);
  }

  /// How long a text is in UTF-8 (RFC 3629); only its characters are counted where that does not
  /// matter.
  private static int octets(String text, int most) {
    if (text.length() * 3L <= most) {
      return text.length();
    }
    int octets = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A surrogate is half of four octets.
      octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return octets;
  }
}
