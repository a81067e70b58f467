package dev.parley.door.json;

import dev.parley.signal.Notice;
import dev.parley.signal.Request;
import dev.parley.socket.Frame;
import dev.parley.socket.Spelling;
import java.util.List;

/// How requests and notices are spelled on a socket.
enum Dialect implements Spelling {
  PARLEY_V1 {
    @Override
    Request read(String text) {
      return ParleyV1.read(text);
    }

    @Override
    String write(Notice notice, long seq) {
      return ParleyV1.write(notice, seq);
    }
  },
  CLASSIC {
    @Override
    Request read(String text) {
      return Classic.read(text);
    }

    @Override
    String write(Notice notice, long seq) {
      return Classic.write(notice);
    }
  };

  /// The WebSocket subprotocol that asks for [#PARLEY_V1]; none asks for [#CLASSIC].
  static final String SUBPROTOCOL = "parley.v1";

  /// Reads a text frame; what cannot be read becomes [Request.Unreadable], nothing is thrown.
  abstract Request read(String text);

  /// A notice as a text frame, or null where this dialect does not tell it.
  abstract String write(Notice notice, long seq);

  @Override
  public List<Frame> spell(Notice notice, long seq) {
    String text = write(notice, seq);
    return text == null ? List.of() : List.of(new Frame.Text(text));
  }
}
