package dev.parley.engine.turn.auth;

import dev.parley.media.TurnPolicy;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunWriter;
import dev.parley.wire.FiveTuple;
import java.time.InstantSource;

/// The server side of the long-term credential mechanism (RFC 8489, section 9.2.4), for all realms
/// of a node. Confined to one loop.
public final class Authenticator {
  public Authenticator(TurnPolicy policy, byte[] secret, InstantSource wall) {}

  /// Follows other realms, secrets and keys from now on.
  public void follow(TurnPolicy policy) {}

  /// Judges a request.
  ///
  /// @param bound the credential of the allocation on this path, or null
  public Verdict check(StunMessage request, FiveTuple path, Credential bound, long now) {
    throw new UnsupportedOperationException();
  }

  /// Judges a request for which [Verdict.Wanted] was said, now that the key is known.
  public Verdict check(
      StunMessage request, FiveTuple path, Credential bound, FoundKey key, long now) {
    throw new UnsupportedOperationException();
  }

  /// Appends what a client needs to authenticate: REALM, NONCE, PASSWORD-ALGORITHMS,
  /// THIRD-PARTY-AUTHORIZATION.
  public void challenge(StunWriter answer, StunMessage request, FiveTuple path, long now) {
    throw new UnsupportedOperationException();
  }

  /// Appends the integrity attribute of this credential over what is written so far.
  public void sign(StunWriter answer, Credential credential) {
    throw new UnsupportedOperationException();
  }

  /// Takes credentials back; see [dev.parley.media.MediaCommand.RevokeTurn].
  public void revoke(String realm, String user, String username, long until) {
    throw new UnsupportedOperationException();
  }

  /// Whether this credential has been taken back.
  public boolean revoked(Credential credential) {
    return false;
  }

  /// Whether one more unauthenticated answer may go to this source.
  public boolean admits(FiveTuple path, long now) {
    return true;
  }
}
