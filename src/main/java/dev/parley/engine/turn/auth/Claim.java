package dev.parley.engine.turn.auth;

import static dev.parley.protocol.stun.StunMessage.NONE;

import dev.parley.protocol.stun.StunAccessToken;
import dev.parley.protocol.stun.StunAttribute;
import dev.parley.protocol.stun.StunMessage;
import dev.parley.protocol.stun.StunPasswordAlgorithm;
import dev.parley.protocol.stun.StunRefused;
import dev.parley.protocol.stun.StunUserhash;
import dev.parley.protocol.stun.StunValues;
import dev.parley.wire.Octets;
import java.util.Arrays;

/// By which attributes a request claims to come from somebody, found in one walk. Lives as long as
/// the request is looked at.
final class Claim {
  private final StunMessage request;
  private int realm = NONE;
  private int nonce = NONE;
  private int username = NONE;
  private int userhash = NONE;
  private int algorithm = NONE;
  private int algorithms = NONE;
  private int token = NONE;
  private int bare;

  Claim(StunMessage request) {
    this.request = request;
    bare = request.length();
    for (int value = request.first(); value != NONE; value = request.next(value)) {
      // Of attributes that are repeated the first counts (RFC 8489, section 14).
      switch (request.type(value)) {
        case 0x0006 -> username = first(username, value);
        case 0x0014 -> realm = first(realm, value);
        case 0x0015 -> nonce = first(nonce, value);
        case 0x001B -> token = first(token, value);
        case 0x001D -> algorithm = first(algorithm, value);
        case 0x001E -> userhash = first(userhash, value);
        case 0x8002 -> algorithms = first(algorithms, value);
        default -> {}
      }
    }
    bare -= request.has(StunAttribute.MESSAGE_INTEGRITY) ? 24 : 0;
    bare -= request.has(StunAttribute.MESSAGE_INTEGRITY_SHA256) ? 36 : 0;
  }

  private int first(int before, int value) {
    bare -= 4 + (request.length(value) + 3 & ~3);
    return before == NONE ? value : before;
  }

  /// Whether it has what goes with message integrity (RFC 8489, section 9.2.4).
  boolean complete() {
    return (username != NONE || userhash != NONE && request.length(userhash) == StunUserhash.LENGTH)
        && realm != NONE
        && nonce != NONE;
  }

  /// How long the request was before it was authenticated.
  int bareLength() {
    return bare;
  }

  int nonce() {
    return nonce;
  }

  /// Index of ACCESS-TOKEN, or [StunMessage#NONE].
  int token() {
    return token;
  }

  /// Whether it says anything of password algorithms.
  boolean choosesAlgorithm() {
    return algorithm != NONE || algorithms != NONE;
  }

  /// Whether it echoes the list that was offered and names an algorithm.
  boolean echoes(byte[] offered) {
    return algorithm != NONE
        && algorithms != NONE
        && request.length(algorithms) == offered.length
        && Octets.sameInConstantTime(offered, 0, request.octets(), algorithms, offered.length);
  }

  /// The password algorithm it names, MD5 where it names none, or null for one nobody knows.
  StunPasswordAlgorithm algorithm() throws StunRefused {
    return algorithm == NONE
        ? StunPasswordAlgorithm.MD5
        : StunPasswordAlgorithm.read(request, algorithm);
  }

  boolean ofRealm(Realm candidate) {
    byte[] name = candidate.octets();
    return request.length(realm) == name.length
        && Octets.sameInConstantTime(name, 0, request.octets(), realm, name.length);
  }

  /// Whether it claims to be this user, by name or by hash.
  boolean names(Credential credential) throws StunRefused {
    if (username == NONE) {
      byte[] hash = StunUserhash.of(credential.username(), credential.realm());
      return Octets.sameInConstantTime(hash, 0, request.octets(), userhash, hash.length);
    }
    String name = credential.username();
    byte[] octets = request.octets();
    int length = request.length(username);
    for (int i = 0; i < length; i++) {
      // Compared where it lies as long as it is ASCII, which is as good as always.
      if (octets[username + i] < 0) {
        return name.equals(username());
      }
      if (i >= name.length() || octets[username + i] != name.charAt(i)) {
        return false;
      }
    }
    return length == name.length();
  }

  /// The user name, or null where there is only its hash.
  String username() throws StunRefused {
    return username == NONE ? null : StunValues.text(request, username);
  }

  /// Opens the access token.
  StunAccessToken open(StunAccessToken.Algorithm algorithm, byte[] key, String serverName)
      throws StunRefused {
    int length = request.length(token);
    return StunAccessToken.open(algorithm, key, serverName, request.octets(), token, length);
  }

  /// A copy of the hash, or null where there is a name.
  byte[] userhash() {
    return username == NONE
        ? Arrays.copyOfRange(request.octets(), userhash, userhash + StunUserhash.LENGTH)
        : null;
  }
}
