package dev.parley.protocol.ice;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.protocol.stun.StunMessage;

/// One ICE generation of an agent: its own credentials, and the client's once they are known (RFC
/// 8445, section 9). Confined to the agent's loop.
final class Generation {
  private final IceCredentials local;
  private final byte[] localUfrag;
  private final byte[] localKey;
  private IceCredentials remote;
  private byte[] remoteUfrag;
  private byte[] remoteKey;
  private byte[] remoteUsername;

  Generation(IceCredentials local) {
    this.local = local;
    this.localUfrag = local.ufrag().getBytes(US_ASCII);
    this.localKey = local.key();
  }

  IceCredentials local() {
    return local;
  }

  /// The key of the checks that arrive and of their answers.
  byte[] localKey() {
    return localKey;
  }

  /// The client's credentials, or null.
  IceCredentials remote() {
    return remote;
  }

  void remote(IceCredentials credentials) {
    remote = credentials;
    remoteUfrag = credentials.ufrag().getBytes(US_ASCII);
    remoteKey = credentials.key();
    remoteUsername = (credentials.ufrag() + ":" + local.ufrag()).getBytes(US_ASCII);
  }

  /// The key of the checks sent to the client and of its answers; null while unknown.
  byte[] remoteKey() {
    return remoteKey;
  }

  /// The USERNAME of checks sent to the client; null while unknown.
  byte[] remoteUsername() {
    return remoteUsername;
  }

  /// Whether a check's USERNAME is ours:theirs (RFC 8445, section 7.2.2), theirs only once it is
  /// known.
  boolean addressed(StunMessage check, int username) {
    byte[] octets = check.octets();
    int length = check.length(username);
    int half = localUfrag.length;
    return length > half
        && same(octets, username, localUfrag)
        && octets[username + half] == ':'
        && (remoteUfrag == null
            || length == half + 1 + remoteUfrag.length
                && same(octets, username + half + 1, remoteUfrag));
  }

  private static boolean same(byte[] octets, int at, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (octets[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }
}
