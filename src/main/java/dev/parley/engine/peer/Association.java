package dev.parley.engine.peer;

import dev.parley.media.Counter;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsConnection.State;
import dev.parley.protocol.dtls.DtlsEffects;
import dev.parley.protocol.dtls.DtlsEnd;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.dtls.DtlsPeerRules;
import dev.parley.protocol.dtls.Fingerprint;
import dev.parley.protocol.srtp.SrtpKeys;
import dev.parley.protocol.srtp.SrtpProfile;
import dev.parley.protocol.srtp.SrtpReceiver;
import dev.parley.protocol.srtp.SrtpSender;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// The DTLS association of one peer and the SRTP contexts that it keys (RFC 5763, RFC 5764).
/// Confined to the peer's loop; the handshake's own thread only asks for [#advance].
final class Association implements DtlsEffects {
  /// Whom it tells.
  interface Hearer {
    void keyed();

    void ended(DtlsEnd end);

    /// One message within DTLS.
    void data(byte[] octets, int at, int length);

    /// Something was done outside of an input.
    void stirred();
  }

  /// Real time for a handshake; the peer's own patience ends sooner.
  private static final Duration WITHIN = Duration.ofSeconds(20);

  /// SSRCs whose replay is followed at most, those included that were dropped or have ended.
  private static final int MOST_STREAMS = 512;

  private static final List<Integer> PROFILES =
      Arrays.stream(SrtpProfile.values()).map(SrtpProfile::code).toList();

  private final PeerKit kit;
  private final DtlsIdentity identity;
  private final PeerIce ice;
  private final Hearer hearer;
  private DtlsConnection connection;
  private boolean client;
  private List<Fingerprint> expected = List.of();
  private SrtpSender sender;
  private SrtpReceiver receiver;
  private boolean released;

  Association(PeerKit kit, DtlsIdentity identity, PeerIce ice, Hearer hearer) {
    this.kit = kit;
    this.identity = identity;
    this.ice = ice;
    this.hearer = hearer;
  }

  /// The description told who the client is and which end opens the association.
  ///
  /// @param active whether the server does
  /// @param rekeyed whether the client has another certificate than before
  void agreed(List<Fingerprint> fingerprints, boolean active, boolean rekeyed) {
    expected = fingerprints;
    if (connection != null && (rekeyed || active != client && sender == null)) {
      drop();
    }
    client = active;
    if (connection != null) {
      connection.expect(expected);
      look();
    } else {
      reachable();
    }
  }

  /// There is a way to the client: the active end begins.
  void reachable() {
    if (connection == null && client && ice.reachable()) {
      connection = DtlsConnection.webrtcClient(kit.dtls(), rules(), this, this::progressed);
    }
  }

  /// One datagram of a verified path.
  void receive(byte[] octets, int at, int length) {
    if (connection == null) {
      if (client) {
        return;
      }
      connection = DtlsConnection.webrtcServer(kit.dtls(), rules(), this, this::progressed);
    }
    connection.receive(octets, at, length);
    look();
  }

  private DtlsPeerRules rules() {
    return new DtlsPeerRules(identity, expected, PROFILES, WITHIN);
  }

  /// On the handshake's own thread.
  private void progressed() {
    kit.soon().accept(this::advance);
  }

  private void advance() {
    if (!released && connection != null) {
      connection.advance();
      look();
      hearer.stirred();
    }
  }

  private void look() {
    if (!released && connection != null && connection.state() == State.CLOSED) {
      DtlsEnd end = connection.end();
      if (sender == null) {
        kit.tally().count(Counter.DTLS_FAILED);
      }
      hearer.ended(end);
    }
  }

  @Override
  public void record(byte[] octets, int at, int length) {
    byte[] out = kit.scratch().out;
    System.arraycopy(octets, at, out, Scratch.AT, length);
    ice.send(out, Scratch.AT, length);
  }

  @Override
  public void established() {
    SrtpProfile profile = SrtpProfile.of(connection.srtpProfile());
    if (profile == null || released) {
      return;
    }
    byte[] exported = connection.exportSrtpKeys(profile.exporterLength());
    SrtpKeys keys =
        SrtpKeys.of(profile, exported, client ? SrtpKeys.Role.CLIENT : SrtpKeys.Role.SERVER);
    Arrays.fill(exported, (byte) 0);
    sender = keys.sender();
    receiver = keys.receiver(MOST_STREAMS);
    kit.tally().count(Counter.DTLS_ESTABLISHED);
    hearer.keyed();
  }

  @Override
  public void data(byte[] octets, int at, int length) {
    if (!released) {
      hearer.data(octets, at, length);
    }
  }

  /// Sends one message within DTLS; lost where that is not up.
  void send(byte[] octets, int at, int length) {
    if (connection != null) {
      connection.send(octets, at, length);
    }
  }

  /// Whether the server is DTLS's client.
  boolean client() {
    return client;
  }

  boolean keyed() {
    return sender != null;
  }

  /// What protects, or null.
  SrtpSender sender() {
    return sender;
  }

  /// What unprotects, or null.
  SrtpReceiver receiver() {
    return receiver;
  }

  private void drop() {
    DtlsConnection old = connection;
    connection = null;
    sender = null;
    receiver = null;
    old.close();
  }

  void release() {
    released = true;
    if (connection != null) {
      drop();
    }
  }
}
