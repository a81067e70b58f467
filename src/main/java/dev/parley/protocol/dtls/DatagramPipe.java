package dev.parley.protocol.dtls;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/// What BouncyCastle takes for a socket. While the handshake runs on its own thread, datagrams pass
/// through queues; after that the owner's thread lays one datagram in and takes what comes out.
final class DatagramPipe implements DatagramTransport {
  /// Of a flight of the handshake in one datagram; fits every path of the Internet in practice.
  private static final int SEND_LIMIT = 1200;

  private static final int RECEIVE_LIMIT = 2048;

  /// Datagrams that wait for the handshake; a flight of a client with a long chain has some eight.
  private static final int WAITING_MOST = 16;

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

  /// @param progress told from the handshake's thread that there is something in [#out]
  DatagramPipe(Runnable progress, DtlsEffects effects) {
    this.progress = progress;
    this.effects = effects;
  }

  /// Leaves a datagram for the handshake; a full queue loses it, as networks do.
  void offer(byte[] datagram) {
    in.offer(datagram);
  }

  /// What the handshake wants sent, or null.
  byte[] out() {
    return out.poll();
  }

  /// What came too late for the handshake, or null.
  byte[] left() {
    return in.poll();
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

  /// Whether the datagram laid in was not taken yet.
  boolean laid() {
    return laid != NOTHING;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public int getReceiveLimit() {
    return handshaking ? RECEIVE_LIMIT : laidLength;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  @Override
  public int receive(byte[] into, int at, int length, int waitMillis)
      throws InterruptedIOException {
    if (handshaking) {
      return await(into, at, length, waitMillis);
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
    try {
      byte[] datagram = waitMillis == 0 ? in.take() : in.poll(waitMillis, TimeUnit.MILLISECONDS);
      if (datagram == null || datagram.length > length) {
        return -1;
      }
      System.arraycopy(datagram, 0, into, at, datagram.length);
      return datagram.length;
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the handshake was given up");
    }
  }

  @Override
  public void send(byte[] octets, int at, int length) {
    if (handshaking) {
      out.add(Arrays.copyOfRange(octets, at, at + length));
      progress.run();
    } else {
      effects.record(octets, at, length);
    }
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
