package dev.parley.adapter.secure;

import dev.parley.adapter.io.StreamSocket;
import dev.parley.wire.FiveTuple;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/// A TLS 1.2 or 1.3 connection (RFC 5246, RFC 8446) over a bare one; its maker passes on when the
/// bare one is ready. Confined to its loop.
///
/// What it holds while idle is the engine and nothing else: the beginning of a record and what the
/// kernel did not take are arrays that come and go.
final class TlsSocket implements StreamSocket {
  private static final byte[] NOTHING = {};

  /// Of answers to a client that does not read them (KeyUpdate, RFC 8446, section 4.6.3).
  private static final int UNSENT_MOST = 64 * 1024;

  private final SecureDoor door;
  private final StreamSocket raw;
  private final FiveTuple path;
  private final SSLEngine engine;
  private Handler above;
  private byte[] kept = NOTHING;
  private byte[] unsent = NOTHING;
  private boolean established;
  // A delegated task is under way elsewhere and the engine must be left alone.
  private boolean working;
  private boolean resumed;
  private boolean ended;
  private boolean failed;
  private boolean closed;
  // A record is written but not whole in the kernel: its last octet is not acknowledged yet, so
  // that the caller, who offers it again, neither forgets to wait nor closes too early.
  private boolean owed;
  private boolean wantsRead = true;
  private boolean wantsWrite;

  TlsSocket(SecureDoor door, StreamSocket raw, FiveTuple path, SSLEngine engine) {
    this.door = door;
    this.raw = raw;
    this.path = path;
    this.engine = engine;
  }

  /// Takes the octets that were read before this was known to be TLS.
  void begin(byte[] first, int at, int length) throws IOException {
    engine.beginHandshake();
    kept = Arrays.copyOfRange(first, at, at + length);
    resumed = true;
  }

  @Override
  public FiveTuple path() {
    return path;
  }

  @Override
  public void handler(Handler handler) {
    above = handler;
  }

  /// The handshake took too long.
  void expire() {
    failed = true;
    above.readable();
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    if (failed) {
      throw new IOException("TLS has failed");
    }
    if (working || ended) {
      return working ? 0 : -1;
    }
    ByteBuffer records = door.buffers().inbound.clear().put(kept);
    if (!resumed) {
      int room = Math.min(records.remaining(), length - kept.length - 1024);
      int taken = raw.read(records.array(), records.position(), room);
      if (taken <= 0) {
        ended = taken < 0;
        return taken;
      }
      records.position(records.position() + taken);
    }
    resumed = false;
    return decrypt(records.flip(), door.buffers().read(into, at, length));
  }

  private int decrypt(ByteBuffer records, ByteBuffer into) throws IOException {
    int before = into.position();
    boolean proceeding = proceed(engine.getHandshakeStatus());
    while (proceeding) {
      SSLEngineResult result = unwrap(records, into);
      proceeding =
          switch (result.getStatus()) {
            case OK -> proceed(result.getHandshakeStatus());
            case BUFFER_UNDERFLOW -> false;
            case BUFFER_OVERFLOW -> throw new IOException("a record larger than any");
            case CLOSED -> {
              ended = true;
              yield false;
            }
          };
    }
    keep(records);
    int decrypted = into.position() - before;
    return decrypted == 0 && ended ? -1 : decrypted;
  }

  private SSLEngineResult unwrap(ByteBuffer records, ByteBuffer into) throws IOException {
    try {
      return engine.unwrap(records, into);
    } catch (SSLException e) {
      fail();
      throw e;
    }
  }

  // The engine has an alert for the client.
  private void fail() {
    failed = true;
    try {
      wrap(door.buffers().nothing);
    } catch (IOException gone) {
      // The client does not hear of it then.
    }
  }

  private void keep(ByteBuffer records) {
    int left = records.remaining();
    kept =
        left == 0
            ? NOTHING
            : Arrays.copyOfRange(records.array(), records.position(), records.limit());
  }

  /// Does what the handshake asks for; whether records may be unwrapped after that.
  private boolean proceed(HandshakeStatus first) throws IOException {
    HandshakeStatus status = first;
    while (true) {
      switch (status) {
        case NEED_TASK -> {
          delegate();
          return false;
        }
        case NEED_WRAP -> status = wrap(door.buffers().nothing).getHandshakeStatus();
        case FINISHED, NOT_HANDSHAKING -> {
          establish();
          return true;
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          return true;
        }
      }
    }
  }

  private void establish() {
    if (!established) {
      established = true;
      door.established(this);
    }
  }

  private void delegate() throws IOException {
    if (established) {
      // Only a second handshake has such work: renegotiation, which TLS 1.3 no longer has.
      failed = true;
      throw new IOException("renegotiation refused");
    }
    Runnable task = engine.getDelegatedTask();
    if (task == null) {
      return;
    }
    working = true;
    interest();
    door.elsewhere().run(task, this::resume);
  }

  private void resume() {
    working = false;
    if (closed) {
      return;
    }
    try {
      interest();
    } catch (IOException e) {
      failed = true;
    }
    resumed = true;
    above.readable();
  }

  @Override
  public int write(byte[] from, int at, int length) throws IOException {
    if (failed) {
      throw new IOException("TLS has failed");
    }
    if (!established || !sendUnsent()) {
      return 0;
    }
    int acknowledged = owed ? 1 : 0;
    owed = false;
    ByteBuffer plain = door.buffers().written(from, at + acknowledged, length - acknowledged);
    while (plain.hasRemaining() && unsent.length == 0) {
      SSLEngineResult result = wrap(plain);
      if (result.getStatus() != SSLEngineResult.Status.OK) {
        throw new IOException("TLS is closed");
      }
    }
    owed = unsent.length > 0 && plain.position() > at + acknowledged;
    return plain.position() - at - (owed ? 1 : 0);
  }

  // Makes one record and gives it to the kernel.
  private SSLEngineResult wrap(ByteBuffer plain) throws IOException {
    ByteBuffer record = door.buffers().outbound.clear();
    SSLEngineResult result = engine.wrap(plain, record);
    int made = record.position();
    if (made > 0) {
      int given = unsent.length > 0 ? 0 : raw.write(record.array(), 0, made);
      if (given < made) {
        hold(record.array(), given, made - given);
      }
    }
    return result;
  }

  private void hold(byte[] octets, int at, int length) throws IOException {
    if (unsent.length + length > UNSENT_MOST) {
      failed = true;
      throw new IOException("the client does not read");
    }
    int before = unsent.length;
    unsent = Arrays.copyOf(unsent, before + length);
    System.arraycopy(octets, at, unsent, before, length);
    if (before == 0) {
      interest();
    }
  }

  // Whether nothing is left.
  private boolean sendUnsent() throws IOException {
    if (unsent.length == 0) {
      return true;
    }
    int given = raw.write(unsent, 0, unsent.length);
    unsent = given == unsent.length ? NOTHING : Arrays.copyOfRange(unsent, given, unsent.length);
    if (unsent.length == 0) {
      interest();
    }
    return unsent.length == 0;
  }

  /// The bare connection takes octets again.
  void writable() {
    try {
      sendUnsent();
    } catch (IOException e) {
      expire();
    }
  }

  @Override
  public boolean recordsWrites() {
    return true;
  }

  @Override
  public void interest(boolean read, boolean write) throws IOException {
    wantsRead = read;
    wantsWrite = write;
    interest();
  }

  private void interest() throws IOException {
    raw.interest(wantsRead && !working, wantsWrite && established || unsent.length > 0);
  }

  /// Ends with close_notify (RFC 8446, section 6.1) as far as the kernel takes it at once.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!established) {
      door.abandoned(this);
    }
    if (established && !failed && unsent.length == 0) {
      sayGoodbye();
    }
    raw.close();
  }

  private void sayGoodbye() {
    engine.closeOutbound();
    try {
      wrap(door.buffers().nothing);
    } catch (IOException gone) {
      // The client has left before.
    }
  }
}
