package dev.parley.protocol.dtls;

import java.io.IOException;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsTimeoutException;

/// The handshake of one connection on a virtual thread of its own, because BouncyCastle's blocks.
/// Begun, looked at and given up by the connection's owner.
final class HandshakeRun {
  /// What it does.
  @FunctionalInterface
  interface Work {
    DTLSTransport run(DatagramPipe pipe) throws IOException;
  }

  private final Work work;
  private final DatagramPipe pipe;
  private final PeerFacts facts;
  private final Runnable progress;
  private final Thread thread = Thread.ofVirtual().name("parley-dtls").unstarted(this::run);
  // Set by the thread as the last thing it does.
  private volatile boolean over;
  private volatile DTLSTransport outcome;

  /// @param facts learn why it came to nothing
  /// @param progress run when it is over
  HandshakeRun(Work work, DatagramPipe pipe, PeerFacts facts, Runnable progress) {
    this.work = work;
    this.pipe = pipe;
    this.facts = facts;
    this.progress = progress;
  }

  private void run() {
    try {
      outcome = work.run(pipe);
    } catch (TlsTimeoutException e) {
      facts.end(DtlsEnd.TIMEOUT);
    } catch (IOException | RuntimeException e) {
      facts.end(DtlsEnd.HANDSHAKE);
    } finally {
      over = true;
      progress.run();
    }
  }

  /// Begins, unless it has.
  void begin() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  /// Whether it is over; what it had sent before is in the pipe then.
  boolean over() {
    return over;
  }

  /// What came of it; null where it came to nothing.
  DTLSTransport outcome() {
    return outcome;
  }

  void giveUp() {
    thread.interrupt();
  }
}
