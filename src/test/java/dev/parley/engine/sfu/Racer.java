package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.lab.IceClient;
import dev.parley.lab.SfuNetwork;
import dev.parley.protocol.dtls.DtlsConnection;
import dev.parley.protocol.dtls.DtlsEffects;
import dev.parley.protocol.dtls.DtlsIdentity;
import dev.parley.protocol.dtls.DtlsPeerRules;
import dev.parley.protocol.ice.IceCredentials;
import dev.parley.protocol.srtp.SrtpProfile;
import dev.parley.wire.FiveTuple;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// One who wants to be faster with DTLS than the client a peer is for, from an address that ICE
/// knows nothing of: it has a whole DTLS client, and knows the server's user name fragment but not
/// the password.
final class Racer implements SfuNetwork.Client, DtlsEffects {
  private static final DtlsConnection.Toolbox TOOLS =
      new DtlsConnection.Toolbox(new SecureRandom());

  private final SfuNetwork network;
  private final FiveTuple path;
  private final DtlsConnection dtls;
  private byte[] hello;
  private int records;
  private boolean won;

  Racer(SfuNetwork network, FiveTuple path) {
    this.network = network;
    this.path = path;
    network.attach(path, this);
    Instant now = Instant.now();
    DtlsIdentity identity =
        DtlsIdentity.selfSigned(
            new SecureRandom(), now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
    List<Integer> profiles = List.of(SrtpProfile.values()[0].code());
    DtlsPeerRules rules = new DtlsPeerRules(identity, List.of(), profiles, Duration.ofSeconds(50));
    dtls = DtlsConnection.webrtcClient(TOOLS, rules, this, () -> network.soon(this::advance));
    network.until("a ClientHello", () -> hello != null);
  }

  private void advance() {
    dtls.advance();
  }

  /// Sends a check that it cannot sign, and its ClientHello.
  ///
  /// @param ufrag the server's
  void race(String ufrag) {
    IceCredentials guessed = new IceCredentials(ufrag, "thisIsNotThePassword1234");
    network.send(new IceClient(guessed, 1).check(true), path);
    network.send(hello, path);
  }

  /// How many records of DTLS it was answered with.
  int records() {
    return records;
  }

  boolean won() {
    return won;
  }

  @Override
  public void record(byte[] octets, int at, int length) {
    hello = hello == null ? Arrays.copyOfRange(octets, at, at + length) : hello;
    network.send(Arrays.copyOfRange(octets, at, at + length), path);
  }

  @Override
  public void receive(byte[] datagram, FiveTuple on, long now) {
    if ((datagram[0] & 0xff) >= 20) {
      records++;
      dtls.receive(datagram, 0, datagram.length);
    }
  }

  @Override
  public void established() {
    won = true;
  }

  @Override
  public void data(byte[] octets, int at, int length) {}

  @Override
  public void tick(long now) {}

  @Override
  public long deadline() {
    return Engine.NEVER;
  }
}
