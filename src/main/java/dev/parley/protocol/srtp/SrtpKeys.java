package dev.parley.protocol.srtp;

import java.util.Arrays;

/// The master keys and salts that a DTLS handshake agreed on (RFC 5764, section 4.2), told apart by
/// our role in it.
///
/// ```
///  exporter: | client_write key | server_write key | client_write salt | server_write salt |
/// ```
public final class SrtpKeys {
  /// The label of the DTLS exporter; it is used without a context.
  public static final String EXPORTER_LABEL = "EXTRACTOR-dtls_srtp";

  /// Which end of the DTLS handshake this end is.
  public enum Role {
    CLIENT,
    SERVER
  }

  private final MasterKey outgoing;
  private final MasterKey incoming;

  private SrtpKeys(MasterKey outgoing, MasterKey incoming) {
    this.outgoing = outgoing;
    this.incoming = incoming;
  }

  /// Splits what the exporter gave.
  ///
  /// @param exported [SrtpProfile#exporterLength()] octets, copied; the caller may wipe them
  /// @param local our own role
  public static SrtpKeys of(SrtpProfile profile, byte[] exported, Role local) {
    if (exported.length != profile.exporterLength()) {
      throw new IllegalArgumentException(profile + " takes " + profile.exporterLength());
    }
    int key = profile.keyLength();
    int salt = profile.saltLength();
    MasterKey client = part(profile, exported, 0, 2 * key);
    MasterKey server = part(profile, exported, key, 2 * key + salt);
    return local == Role.CLIENT ? new SrtpKeys(client, server) : new SrtpKeys(server, client);
  }

  public SrtpProfile profile() {
    return outgoing.profile();
  }

  /// A context for what we send. One for each pair of keys: a second one would use up the same
  /// indices, and with them the secrecy of both.
  public SrtpSender sender() {
    return new SrtpSender(profile(), SessionKeys.rtp(outgoing), SessionKeys.rtcp(outgoing));
  }

  /// A context for what we receive.
  ///
  /// @param streams how many SSRCs are followed at most, of RTP and of RTCP senders each
  public SrtpReceiver receiver(int streams) {
    return new SrtpReceiver(
        profile(), SessionKeys.rtp(incoming), SessionKeys.rtcp(incoming), streams);
  }

  MasterKey outgoing() {
    return outgoing;
  }

  MasterKey incoming() {
    return incoming;
  }

  @Override
  public String toString() {
    return "SrtpKeys[" + profile() + ", secret]";
  }

  private static MasterKey part(SrtpProfile profile, byte[] exported, int keyAt, int saltAt) {
    return new MasterKey(
        profile,
        Arrays.copyOfRange(exported, keyAt, keyAt + profile.keyLength()),
        Arrays.copyOfRange(exported, saltAt, saltAt + profile.saltLength()));
  }
}
