package dev.parley.media;

import java.util.List;

/// One tenant of the TURN server, known to clients by its realm (RFC 8489, section 9.2).
///
/// @param name the value of REALM
/// @param places whose clients it serves: literals of local addresses; what is none is ignored
/// @param secrets shared secrets of time-limited credentials, the one in use for new ones first;
///   several while they rotate
/// @param oauthKeys keys of the authorization servers whose tokens are taken (RFC 7635)
/// @param oauthServer told to clients in THIRD-PARTY-AUTHORIZATION, or null for none
/// @param user what one user may use
/// @param whole what all users of the realm together may use
public record TurnRealm(
    String name,
    List<String> places,
    List<String> secrets,
    List<TurnOAuthKey> oauthKeys,
    String oauthServer,
    TurnQuota user,
    TurnQuota whole) {
  public TurnRealm {
    places = List.copyOf(places);
    secrets = List.copyOf(secrets);
    oauthKeys = List.copyOf(oauthKeys);
  }

  /// Nothing secret.
  @Override
  public String toString() {
    return "TurnRealm[" + name + "]";
  }
}
