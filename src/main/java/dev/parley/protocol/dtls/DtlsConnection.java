package dev.parley.protocol.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

/// One DTLS 1.2 connection (RFC 6347) turned inside out: datagrams in, datagrams and messages out.
///
/// Owned by one thread, which calls every method here and on which every effect happens.
/// BouncyCastle's handshake blocks; it runs on a virtual thread that is handed one datagram at a
/// time and asks the owner to [#advance]. Once it is done no thread is needed any more.
public final class DtlsConnection {
  /// When a flight is sent again at first; RFC 6347, section 4.2.4.1, says a second, which calls do
  /// not wait for gladly. On paths that are slower a flight goes out twice and does no harm.
  static final int WEBRTC_RESEND_MILLIS = 250;

  /// Messages are decrypted into it before they are handed on; the largest datagram fits.
  private static final int PLAIN = 4096;

  /// Milliseconds after which BouncyCastle leaves records of a datagram for another day. The pipe
  /// itself never waits.
  private static final int NO_HURRY = 60_000;

  /// Messages kept while the peer's fingerprint is not known yet; more are lost, as on networks.
  private static final int EARLY_MOST = 16;

  /// Times the last flight is said again for a part of the peer's: anybody can forge one, and then
  /// only the peer's whole flight is answered.
  private static final int ANSWERS_MOST = 64;

  /// How far a connection is.
  public enum State {
    HANDSHAKING,
    /// The handshake is done, but nobody has vouched for the peer's certificate yet.
    UNVERIFIED,
    ESTABLISHED,
    CLOSED
  }

  /// The cryptography and randomness that the connections of an owner share; for any thread.
  public static final class Toolbox {
    private final SecureRandom random;
    final JcaTlsCrypto crypto;

    public Toolbox(SecureRandom random) {
      this.random = random;
      this.crypto = DtlsServer.crypto(random);
    }
  }

  private final DtlsEffects effects;
  private final PeerFacts facts;
  private final RecordGate gate;
  private final DatagramPipe pipe;
  private final HandshakeRun handshake;
  private final List<byte[]> early = new ArrayList<>();
  private DTLSTransport transport;
  // How often the last flight may still be said again; 0 where it is the peer's.
  private int answers;
  private State state = State.HANDSHAKING;

  private DtlsConnection(
      HandshakeRun.Work work,
      PeerFacts facts,
      RecordGate gate,
      DtlsEffects effects,
      Runnable progress) {
    this.effects = effects;
    this.facts = facts;
    this.gate = gate;
    this.pipe = new DatagramPipe(progress, effects);
    this.handshake = new HandshakeRun(work, pipe, facts, progress);
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
            PeerFacts.ofAnybody(),
            new RecordGate(false),
            effects,
            progress);
    connection.answers = ANSWERS_MOST;
    connection.handshake.begin();
    return connection;
  }

  /// The passive end of a WebRTC connection (RFC 5763, section 5). It is given datagrams of an
  /// address that ICE has verified only, so it asks for no cookie; the first one begins the
  /// handshake.
  ///
  /// @param progress run by the handshake's thread: the owner is to call [#advance] soon
  public static DtlsConnection webrtcServer(
      Toolbox tools, DtlsPeerRules rules, DtlsEffects effects, Runnable progress) {
    PeerFacts facts = PeerFacts.of(rules.expected());
    WebRtcServer server = new WebRtcServer(tools.crypto, rules, facts);
    DtlsConnection connection =
        new DtlsConnection(
            pipe -> new DTLSServerProtocol().accept(server, pipe),
            facts,
            new RecordGate(true),
            effects,
            progress);
    connection.answers = ANSWERS_MOST;
    return connection;
  }

  /// The active end of a WebRTC connection (RFC 5763, section 5). It begins at once, so there has
  /// to be a way to the peer.
  ///
  /// @param progress run by the handshake's thread: the owner is to call [#advance] soon
  public static DtlsConnection webrtcClient(
      Toolbox tools, DtlsPeerRules rules, DtlsEffects effects, Runnable progress) {
    PeerFacts facts = PeerFacts.of(rules.expected());
    return client(new WebRtcClient(tools.crypto, rules, facts), facts, effects, progress);
  }

  static DtlsConnection client(
      WebRtcClient client, PeerFacts facts, DtlsEffects effects, Runnable progress) {
    DtlsConnection connection =
        new DtlsConnection(
            pipe -> new DTLSClientProtocol().connect(client, pipe),
            facts,
            new RecordGate(false),
            effects,
            progress);
    connection.handshake.begin();
    return connection;
  }

  public State state() {
    return state;
  }

  /// Why it is closed; null while it is not.
  public DtlsEnd end() {
    return state == State.CLOSED ? facts.end() : null;
  }

  /// The SRTP protection profile both ends agreed on, by its code (RFC 5764, section 4.1.2); -1
  /// before that and where the connection has none.
  public int srtpProfile() {
    return state == State.ESTABLISHED ? facts.srtpProfile() : -1;
  }

  /// The keys and salts of SRTP in the order of RFC 5764, section 4.2: client's key, server's key,
  /// client's salt, server's salt.
  ///
  /// @param length in octets: twice a key and a salt of the profile, 128 at most
  /// @throws IllegalStateException where the connection is not established or has no profile
  public byte[] exportSrtpKeys(int length) {
    if (state != State.ESTABLISHED) {
      throw new IllegalStateException("not established");
    }
    return facts.keys(length);
  }

  /// Tells which certificates the peer's session description vouches for, where that was not known
  /// when the connection began. May end it, or establish it at once; later it has no effect.
  ///
  /// @param fingerprints one at least
  public void expect(List<Fingerprint> fingerprints) {
    if (fingerprints.isEmpty()) {
      throw new IllegalArgumentException("no fingerprint");
    }
    if (state == State.HANDSHAKING || state == State.UNVERIFIED) {
      facts.expect(fingerprints);
    }
    if (state == State.UNVERIFIED) {
      verify();
    }
  }

  /// One datagram of the peer; records that are not the peer's are dropped without a word.
  public void receive(byte[] octets, int at, int length) {
    switch (state) {
      case HANDSHAKING -> shake(octets, at, length);
      case UNVERIFIED, ESTABLISHED -> open(octets, at, length);
      case CLOSED -> {}
    }
  }

  private void shake(byte[] octets, int at, int length) {
    if (!pipe.room()) {
      // Lost before the gate learns what it held.
      return;
    }
    byte[] passed = gate.pass(octets, at, length);
    if (passed.length == 0) {
      return;
    }
    pipe.offer(passed);
    handshake.begin();
  }

  private void open(byte[] octets, int at, int length) {
    if (!RecordGate.whole(octets, at, length)) {
      return;
    }
    byte[] plain = new byte[Math.min(PLAIN, Math.max(length, 1))];
    boolean again = answers > 0 && RecordGate.handshakes(octets, at, length);
    pipe.lay(octets, at, length);
    try {
      while (pipe.laid() && !pipe.closed()) {
        data(plain, take(plain, again));
        drain(plain);
      }
    } catch (DatagramPipe.NoMore handled) {
      // A record of the protocol itself, or none of this connection.
    } catch (IOException failed) {
      closed(DtlsEnd.FAILED);
    }
    if (pipe.closed()) {
      closed(DtlsEnd.CLOSED_BY_PEER);
    }
  }

  // What BouncyCastle itself says meanwhile goes out together. Who repeats its last flight has not
  // heard of ours (RFC 6347, section 4.2.4), but BouncyCastle says it again only when each message
  // has come once more: on a path that loses much that takes long.
  private int take(byte[] plain, boolean again) throws IOException {
    pipe.gather(true);
    try {
      return transport.receive(plain, 0, plain.length, NO_HURRY);
    } finally {
      pipe.gather(false);
      if (again && pipe.silent()) {
        answers--;
        pipe.repeat();
      }
      flush();
    }
  }

  private void flush() {
    for (byte[] datagram = pipe.out(); datagram != null; datagram = pipe.out()) {
      effects.record(datagram, 0, datagram.length);
    }
  }

  // Further records of the datagram.
  private void drain(byte[] plain) throws IOException {
    int taken = 0;
    while (taken >= 0 && state != State.CLOSED) {
      taken = transport.receivePending(plain, 0, plain.length);
      data(plain, taken);
    }
  }

  private void data(byte[] plain, int length) {
    if (length <= 0) {
      return;
    }
    if (state == State.ESTABLISHED) {
      effects.data(plain, 0, length);
    } else if (early.size() < EARLY_MOST) {
      early.add(Arrays.copyOf(plain, length));
    }
  }

  private void closed(DtlsEnd why) {
    state = State.CLOSED;
    facts.end(why);
    early.clear();
    if (handshake.over()) {
      facts.forget();
    }
  }

  /// Takes over what the handshake has brought about meanwhile.
  public void advance() {
    if (state != State.HANDSHAKING) {
      return;
    }
    // Looked at first: what it had sent before is in the queue then.
    boolean over = handshake.over();
    flush();
    if (over && state == State.HANDSHAKING) {
      pipe.calm();
      transport = handshake.outcome();
      if (transport == null) {
        closed(DtlsEnd.HANDSHAKE);
        return;
      }
      state = State.UNVERIFIED;
      verify();
      for (byte[] late = pipe.left(); late != null; late = pipe.left()) {
        receive(late, 0, late.length);
      }
    }
  }

  private void verify() {
    if (state == State.CLOSED) {
      return;
    }
    switch (facts.verdict()) {
      case UNKNOWN -> {}
      case GOOD -> establish();
      case BAD -> refuse();
    }
  }

  private void establish() {
    state = State.ESTABLISHED;
    effects.established();
    for (byte[] message : List.copyOf(early)) {
      if (state == State.ESTABLISHED) {
        effects.data(message, 0, message.length);
      }
    }
    early.clear();
  }

  private void refuse() {
    facts.end(DtlsEnd.FINGERPRINT);
    pipe.fail(AlertDescription.bad_certificate);
    byte[] plain = new byte[PLAIN];
    try {
      while (!pipe.closed()) {
        transport.receive(plain, 0, plain.length, NO_HURRY);
      }
    } catch (IOException refused) {
      // The alert is on its way.
    }
    closed(DtlsEnd.FINGERPRINT);
  }

  /// Sends one message; it is lost where the connection is not established, as on any network.
  public void send(byte[] octets, int at, int length) {
    if (state != State.ESTABLISHED) {
      return;
    }
    try {
      transport.send(octets, at, length);
    } catch (IOException failed) {
      closed(DtlsEnd.FAILED);
    }
  }

  /// Ends the connection with close_notify (RFC 5246, section 7.2.1), or gives the handshake up.
  public void close() {
    if (state == State.CLOSED) {
      return;
    }
    facts.end(DtlsEnd.CLOSED_HERE);
    if (state == State.HANDSHAKING) {
      handshake.giveUp();
    } else {
      try {
        transport.close();
      } catch (IOException gone) {
        // There is nobody left to tell.
      }
    }
    closed(DtlsEnd.CLOSED_HERE);
  }
}
