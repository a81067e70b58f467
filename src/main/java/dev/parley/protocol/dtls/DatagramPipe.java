package dev.parley.protocol.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.TlsFatalAlert;

/// What BouncyCastle takes for a socket. While the handshake runs on its own thread, datagrams pass
/// through queues; after that the owner's thread lays one datagram in and takes what comes out.
final class DatagramPipe implements DatagramTransport {
  /// Of a flight of the handshake in one datagram; fits every path of the Internet in practice.
  private static final int SEND_LIMIT = 1200;

  private static final int RECEIVE_LIMIT = 4096;

  /// What BouncyCastle is told of short datagrams: with less it would want arrays of negative size.
  private static final int LEAST = 64;

  /// Datagrams that wait for the handshake: its largest message in fragments of 128 octets.
  private static final int WAITING_MOST = 64;

  /// What nobody has answered for so long is sent once more. BouncyCastle doubles its own wait each
  /// time, and with each flight that the peer repeats, up to a minute: on a path that loses much
  /// nobody would say anything any more.
  private static final int REPEAT_MILLIS = 1000;

  private static final byte[] NOTHING = {};

  private final BlockingQueue<byte[]> in = new ArrayBlockingQueue<>(WAITING_MOST);
  private final Queue<byte[]> out = new ConcurrentLinkedQueue<>();
  private final Runnable progress;
  private final DtlsEffects effects;
  private volatile boolean handshaking = true;
  private volatile boolean closed;
  private byte[] laid = NOTHING;
  private int laidAt;
  private int laidLength;
  private short failure = -1;
  // Of the handshake's thread: whether the owner has still to be told of what is in `out`.
  private boolean untold;
  // Of the handshake's thread until it ends, then of the owner's: the records sent last.
  private final List<byte[]> flight = new ArrayList<>();
  private boolean flown;
  private byte[] rest = NOTHING;
  private int restAt;
  private boolean gathers;

  /// @param progress told from the handshake's thread, when it has a whole flight in [#out]
  DatagramPipe(Runnable progress, DtlsEffects effects) {
    this.progress = progress;
    this.effects = effects;
  }

  /// Whether there is room for one more datagram. Where there is none it is lost, as on networks.
  boolean room() {
    return in.remainingCapacity() > 0;
  }

  /// Leaves a datagram for the handshake; there is [#room].
  void offer(byte[] datagram) {
    in.offer(datagram);
  }

  /// What the handshake wants sent, as many records in a datagram as fit; null where it is nothing.
  byte[] out() {
    byte[] datagram = out.poll();
    while (datagram != null && out.peek() != null) {
      if (datagram.length + out.peek().length > SEND_LIMIT) {
        return datagram;
      }
      byte[] record = out.poll();
      int length = datagram.length;
      datagram = Arrays.copyOf(datagram, length + record.length);
      System.arraycopy(record, 0, datagram, length, record.length);
    }
    return datagram;
  }

  /// Whether nothing is left in [#out].
  boolean silent() {
    return out.isEmpty();
  }

  /// What came too late for the handshake, or null.
  byte[] left() {
    if (restAt == rest.length) {
      return in.poll();
    }
    byte[] left = Arrays.copyOfRange(rest, restAt, rest.length);
    restAt = rest.length;
    return left;
  }

  /// The handshake has ended and its thread is not inside any more.
  void calm() {
    handshaking = false;
  }

  /// Lays one datagram in; it is taken at most once, before the call that follows ends.
  void lay(byte[] octets, int at, int length) {
    laid = octets;
    laidAt = at;
    laidLength = length;
  }

  /// Whether what is sent from now on, after the handshake, is left in [#out], where a flight is
  /// put together, or goes out at once.
  void gather(boolean does) {
    gathers = does;
  }

  /// Leaves the last flight of the handshake, which has ended, in [#out] once more, octet by octet
  /// as it was: who has a record already drops it (RFC 6347, section 4.1.2.6).
  void repeat() {
    out.addAll(flight);
  }

  /// Whether the datagram laid in was not taken yet.
  boolean laid() {
    return laid != NOTHING;
  }

  /// Makes the call that follows end the connection with a fatal alert to the peer: what
  /// BouncyCastle does with one that comes out of a transport.
  void fail(short description) {
    failure = description;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public int getReceiveLimit() {
    return handshaking ? RECEIVE_LIMIT : Math.max(laidLength, LEAST);
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  @Override
  public int receive(byte[] into, int at, int length, int waitMillis) throws IOException {
    if (handshaking) {
      return await(into, at, length, waitMillis);
    }
    if (failure >= 0) {
      throw new TlsFatalAlert(failure);
    }
    if (laid == NOTHING) {
      throw NoMore.INSTANCE;
    }
    int taken = Math.min(laidLength, length);
    System.arraycopy(laid, laidAt, into, at, taken);
    laid = NOTHING;
    return taken;
  }

  private int await(byte[] into, int at, int length, int waitMillis) throws InterruptedIOException {
    flown = true;
    if (untold) {
      untold = false;
      progress.run();
    }
    try {
      if (restAt == rest.length) {
        byte[] datagram = await(waitMillis == 0 ? Integer.MAX_VALUE : waitMillis);
        if (datagram == null) {
          return -1;
        }
        rest = datagram;
        restAt = 0;
      }
      return record(into, at, length);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the handshake was given up");
    }
  }

  // One record at a time: of a datagram that begins with a record of another epoch than it awaits,
  // as when ChangeCipherSpec comes again together with a Finished that was lost, BouncyCastle takes
  // nothing at all.
  private int record(byte[] into, int at, int length) {
    int size = RecordGate.record(rest, restAt);
    int taken = Math.min(size, length);
    System.arraycopy(rest, restAt, into, at, taken);
    restAt += size;
    return taken;
  }

  private byte[] await(int waitMillis) throws InterruptedException {
    int left = waitMillis;
    byte[] datagram = in.poll(Math.min(left, REPEAT_MILLIS), TimeUnit.MILLISECONDS);
    while (datagram == null && left > REPEAT_MILLIS) {
      left -= REPEAT_MILLIS;
      repeat();
      progress.run();
      datagram = in.poll(Math.min(left, REPEAT_MILLIS), TimeUnit.MILLISECONDS);
    }
    return datagram;
  }

  @Override
  public void send(byte[] octets, int at, int length) {
    if (!handshaking && !gathers) {
      effects.record(octets, at, length);
      return;
    }
    byte[] record = Arrays.copyOfRange(octets, at, at + length);
    out.add(record);
    if (handshaking) {
      note(record);
    }
  }

  private void note(byte[] record) {
    if (flown) {
      flown = false;
      flight.clear();
    }
    flight.add(record);
    untold = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  /// The datagram at hand held nothing for the caller. Thrown often and caught at once, so it knows
  /// no stack.
  static final class NoMore extends InterruptedIOException {
    private static final long serialVersionUID = 1L;
    static final NoMore INSTANCE = new NoMore();

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
