package dev.parley.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// One WebSocket client (RFC 6455) that keeps next to nothing: no buffers while nothing is under
/// way.
///
/// Confined to the thread of its [BenchLoop].
final class BenchSocket {
  private static final byte[] NOTHING = new byte[0];

  private final SocketChannel channel;
  private final SelectionKey key;
  private final byte[] handshake;
  private final BiConsumer<BenchSocket, String> onText;

  /// Takes binary frames.
  Consumer<byte[]> onBinary = _ -> {};

  private byte[] held = NOTHING;
  private ByteBuffer unsent;
  private boolean open;

  /// The page's own notes.
  int state;

  String id;
  BenchSocket partner;
  long started;
  long asked;
  boolean dead;

  BenchSocket(
      SocketChannel channel,
      SelectionKey key,
      byte[] handshake,
      BiConsumer<BenchSocket, String> onText) {
    this.channel = channel;
    this.key = key;
    this.handshake = handshake;
    this.onText = onText;
    key.attach(this);
  }

  boolean open() {
    return open;
  }

  /// Sends a text frame.
  void send(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    frame(0x81, payload);
  }

  /// Sends a binary frame.
  void send(byte[] payload) {
    frame(0x82, payload);
  }

  /// Ends without a word.
  void cut() {
    dead = true;
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  void ready(ByteBuffer in) {
    try {
      if (key.isConnectable() && channel.finishConnect()) {
        key.interestOps(SelectionKey.OP_READ);
        write(ByteBuffer.wrap(handshake));
      }
      if (key.isValid() && key.isWritable()) {
        var rest = unsent;
        unsent = null;
        key.interestOps(SelectionKey.OP_READ);
        write(rest);
      }
      if (key.isValid() && key.isReadable()) {
        read(in);
      }
    } catch (IOException e) {
      cut();
    }
  }

  private void read(ByteBuffer in) throws IOException {
    in.clear();
    in.put(held);
    held = NOTHING;
    if (channel.read(in) < 0) {
      cut();
      return;
    }
    in.flip();
    if (!open && !answered(in)) {
      keep(in);
      return;
    }
    while (in.remaining() >= 2 && !dead) {
      int at = in.position();
      int first = in.get(at) & 0xff;
      int length = in.get(at + 1) & 0x7f;
      int header = length == 126 ? 4 : length == 127 ? 10 : 2;
      if (in.remaining() < header) {
        break;
      }
      if (length == 126) {
        length = in.getShort(at + 2) & 0xffff;
      } else if (length == 127) {
        length = (int) in.getLong(at + 2);
      }
      if (in.remaining() < header + length) {
        break;
      }
      var payload = new byte[length];
      in.position(at + header);
      in.get(payload);
      take(first & 15, payload);
    }
    keep(in);
  }

  private void take(int opcode, byte[] payload) {
    switch (opcode) {
      case 1 -> onText.accept(this, new String(payload, StandardCharsets.UTF_8));
      case 2 -> onBinary.accept(payload);
      case 8 -> cut();
      case 9 -> frame(0x8a, payload);
      default -> {}
    }
  }

  private boolean answered(ByteBuffer in) throws IOException {
    for (int i = in.position(); i + 3 < in.limit(); i++) {
      if (in.get(i) == '\r' && in.get(i + 2) == '\r') {
        var head = new byte[i - in.position()];
        in.get(head);
        in.position(i + 4);
        if (!new String(head, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 101")) {
          throw new IOException("no WebSocket");
        }
        open = true;
        onText.accept(this, "");
        return true;
      }
    }
    return false;
  }

  private void keep(ByteBuffer in) {
    held = in.hasRemaining() ? new byte[in.remaining()] : NOTHING;
    in.get(held);
  }

  /// The mask a client must use (section 5.3) is zero here, which leaves the payload as it is.
  private void frame(int first, byte[] payload) {
    int header = payload.length < 126 ? 6 : payload.length < 65_536 ? 8 : 14;
    var frame = ByteBuffer.allocate(header + payload.length);
    frame.put((byte) first);
    if (header == 6) {
      frame.put((byte) (0x80 | payload.length));
    } else if (header == 8) {
      frame.put((byte) 0xfe).putShort((short) payload.length);
    } else {
      frame.put((byte) 0xff).putLong(payload.length);
    }
    frame.putInt(0).put(payload).flip();
    try {
      write(frame);
    } catch (IOException e) {
      cut();
    }
  }

  private void write(ByteBuffer frame) throws IOException {
    if (dead) {
      return;
    }
    if (unsent == null) {
      channel.write(frame);
    }
    if (!frame.hasRemaining()) {
      return;
    }
    if (unsent == null) {
      unsent = frame;
    } else {
      byte[] both = Arrays.copyOf(bytes(unsent), unsent.remaining() + frame.remaining());
      frame.get(both, unsent.remaining(), frame.remaining());
      unsent = ByteBuffer.wrap(both);
    }
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return copy;
  }
}
