package dev.parley.protocol.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/// One DTLS 1.2 connection (RFC 6347) turned inside out: datagrams in, datagrams and messages out.
///
/// Owned by one thread, which calls every method here and on which every effect happens.
/// BouncyCastle's handshake blocks; it runs on a virtual thread that is handed one datagram at a
/// time and asks the owner to [#advance]. Once it is done no thread is needed any more.
public final class DtlsConnection {
  /// Messages are decrypted into it before they are handed on; the largest datagram fits.
  private static final int PLAIN = 4096;

  /// How far a connection is.
  public enum State {
    HANDSHAKING,
    ESTABLISHED,
    CLOSED
  }

  /// The work of a handshake, on its own thread.
  @FunctionalInterface
  interface Handshake {
    DTLSTransport run(DatagramPipe pipe) throws IOException;
  }

  /// The cryptography and randomness that the connections of an owner share; for any thread.
  public static final class Toolbox {
    private final SecureRandom random;
    private final JcaTlsCrypto crypto;

    public Toolbox(SecureRandom random) {
      this.random = random;
      this.crypto = DtlsServer.crypto(random);
    }
  }

  private final DtlsEffects effects;
  private final DatagramPipe pipe;
  private final Thread thread;
  // Set by the handshake's thread as the last thing it does; null where it came to nothing.
  private volatile boolean ran;
  private volatile DTLSTransport outcome;
  private DTLSTransport transport;
  private State state = State.HANDSHAKING;

  private DtlsConnection(Handshake handshake, DtlsEffects effects, Runnable progress) {
    this.effects = effects;
    this.pipe = new DatagramPipe(progress, effects);
    this.thread =
        Thread.ofVirtual()
            .name("parley-dtls")
            .unstarted(
                () -> {
                  try {
                    outcome = handshake.run(pipe);
                  } catch (IOException | RuntimeException e) {
                    outcome = null;
                  } finally {
                    ran = true;
                    progress.run();
                  }
                });
  }

  /// The server's end, from a hello whose cookie was verified.
  ///
  /// @param identities what it may show, the first for clients that name nobody known
  /// @param within the time the handshake may take
  /// @param progress run by the handshake's thread: the owner is to call [#advance] soon
  public static DtlsConnection server(
      Toolbox tools,
      List<DtlsIdentity> identities,
      HelloAssembly hello,
      Duration within,
      DtlsEffects effects,
      Runnable progress) {
    int millis = Math.toIntExact(within.toMillis());
    DtlsConnection connection =
        new DtlsConnection(
            pipe ->
                new DTLSServerProtocol()
                    .accept(
                        new DtlsServer(tools.crypto, identities, millis),
                        pipe,
                        VerifiedRequest.of(hello, tools.random)),
            effects,
            progress);
    connection.thread.start();
    return connection;
  }

  public State state() {
    return state;
  }

  /// One datagram of the peer; records that are not the peer's are dropped without a word.
  public void receive(byte[] octets, int at, int length) {
    switch (state) {
      case HANDSHAKING -> pipe.offer(Arrays.copyOfRange(octets, at, at + length));
      case ESTABLISHED -> open(octets, at, length);
      case CLOSED -> {}
    }
  }

  private void open(byte[] octets, int at, int length) {
    byte[] plain = new byte[Math.min(PLAIN, Math.max(length, 1))];
    pipe.lay(octets, at, length);
    try {
      while (pipe.laid() && !pipe.closed()) {
        int taken = transport.receive(plain, 0, plain.length, 1);
        while (taken >= 0 && state == State.ESTABLISHED) {
          if (taken > 0) {
            effects.data(plain, 0, taken);
          }
          taken = transport.receivePending(plain, 0, plain.length);
        }
      }
    } catch (DatagramPipe.NoMore handled) {
      // A record of the protocol itself, or none of this connection.
    } catch (IOException failed) {
      state = State.CLOSED;
    }
    if (pipe.closed()) {
      state = State.CLOSED;
    }
  }

  /// Takes over what the handshake has brought about meanwhile.
  public void advance() {
    if (state != State.HANDSHAKING) {
      return;
    }
    // Looked at first: what it had sent before is in the queue then.
    boolean over = ran;
    for (byte[] datagram = pipe.out(); datagram != null; datagram = pipe.out()) {
      effects.record(datagram, 0, datagram.length);
    }
    if (over) {
      pipe.calm();
      transport = outcome;
      state = transport == null ? State.CLOSED : State.ESTABLISHED;
      if (state == State.ESTABLISHED) {
        effects.established();
      }
      for (byte[] late = pipe.left(); late != null; late = pipe.left()) {
        receive(late, 0, late.length);
      }
    }
  }

  /// Sends one message; it is lost where the connection is not established, as on any network.
  public void send(byte[] octets, int at, int length) {
    if (state != State.ESTABLISHED) {
      return;
    }
    try {
      transport.send(octets, at, length);
    } catch (IOException failed) {
      state = State.CLOSED;
    }
  }

  /// Ends the connection with close_notify (RFC 5246, section 7.2.1), or gives the handshake up.
  public void close() {
    if (state == State.HANDSHAKING) {
      thread.interrupt();
    } else if (state == State.ESTABLISHED) {
      try {
        transport.close();
      } catch (IOException gone) {
        // There is nobody left to tell.
      }
    }
    state = State.CLOSED;
  }
}
