package dev.parley.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/// Access tokens: a [Grant] as JWT, claims as LiveKit's.
///
/// Assumptions: `iss` is the API key's id; `sub` is needed to join only; `canPublish`,
/// `canSubscribe` and `canPublishData` are true where they are absent, all others false. A token
/// without `sub` has its `jti` for one.
public final class AccessToken {
  /// Longest identity and name; they are shown in every participant list.
  private static final int MAX_TEXT = 128;

  private AccessToken() {}

  /// A token for a grant.
  ///
  /// @param key id of the API key
  /// @param secret its secret, at least 32 octets
  /// @param now when it begins to be valid
  public static String mint(Grant grant, String key, byte[] secret, Instant now) {
    Map<String, Object> video = new LinkedHashMap<>();
    if (grant.room() != null) {
      video.put("room", grant.room());
    }
    DetailClaims.allow(video, "roomJoin", grant.roomJoin());
    DetailClaims.allow(video, "roomCreate", grant.roomCreate());
    DetailClaims.allow(video, "roomList", grant.roomList());
    DetailClaims.allow(video, "roomAdmin", grant.roomAdmin());
    video.put("canPublish", grant.canPublish());
    video.put("canSubscribe", grant.canSubscribe());
    video.put("canPublishData", grant.canPublishData());
    DetailClaims.allow(video, "hidden", grant.hidden());
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(key)
            .subject(grant.identity())
            .claim("name", grant.name())
            .claim("metadata", grant.metadata());
    DetailClaims.write(grant.details(), claims, video);
    return Jwt.sign(
        claims
            .claim("video", video)
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(grant.expires()))
            .build(),
        secret);
  }

  /// What a token allows that is right in itself; asks no database.
  static Grant verify(String token, KeyRing ring, Instant now) throws TokenRefused {
    return grant(Jwt.verify(token, ring::secret, now));
  }

  /// Like [#verify], for a room: the token must be for it, or for any, and must allow to join.
  static Grant verifyJoin(String token, String room, KeyRing ring, Instant now)
      throws TokenRefused {
    JWTClaimsSet claims = Jwt.verify(token, ring::secret, now);
    Grant grant = grant(claims);
    if (grant.room() != null && !grant.room().equals(room)) {
      throw new TokenRefused(TokenRefused.Reason.OTHER_ROOM, "the token is for another room");
    }
    if (!grant.roomJoin()) {
      throw new TokenRefused(TokenRefused.Reason.NOT_GRANTED, "the token does not allow to join");
    }
    if (subject(claims) == null) {
      throw Jwt.malformed("the token has no sub");
    }
    confirm(claims.getIssuer(), ring);
    return grant;
  }

  /// Like [#verify], and its key still holds.
  static Grant verifyFully(String token, KeyRing ring, Instant now) throws TokenRefused {
    JWTClaimsSet claims = Jwt.verify(token, ring::secret, now);
    Grant grant = grant(claims);
    confirm(claims.getIssuer(), ring);
    return grant;
  }

  private static void confirm(String issuer, KeyRing ring) throws TokenRefused {
    if (!ring.holds(issuer)) {
      throw new TokenRefused(TokenRefused.Reason.UNKNOWN_KEY, "the token's issuer is not known");
    }
  }

  private static Grant grant(JWTClaimsSet token) throws TokenRefused {
    Claims claims = new Claims("", token.getClaims());
    Claims video = claims.object("video");
    String identity = subject(token) == null ? token.getIssuer() : subject(token);
    String name = claims.text("name");
    return new Grant(
        readable(identity, "sub"),
        name == null || name.isBlank() ? identity : readable(name.strip(), "name"),
        video.word("room"),
        video.flag("roomJoin"),
        video.flag("roomCreate"),
        video.flag("roomList"),
        video.flag("roomAdmin"),
        video.flag("canPublish", true),
        video.flag("canSubscribe", true),
        video.flag("canPublishData", true),
        video.flag("hidden"),
        claims.text("metadata"),
        token.getExpirationTime().toInstant(),
        DetailClaims.read(claims, video));
  }

  /// Whose token it is: some SDKs say it as the token's id.
  private static String subject(JWTClaimsSet token) {
    return token.getSubject() == null ? token.getJWTID() : token.getSubject();
  }

  private static String readable(String text, String claim) throws TokenRefused {
    boolean readable =
        !text.isBlank()
            && text.length() <= MAX_TEXT
            && text.codePoints().noneMatch(Character::isISOControl);
    if (!readable) {
      throw Jwt.malformed("the claim " + claim + " is blank, too long or has control characters");
    }
    return text;
  }
}
