package dev.parley.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/// Access tokens: a [Grant] as JWT, claims as LiveKit's.
///
/// Assumptions: `iss` is the API key's id; `sub` is needed to join only; `canPublish`,
/// `canSubscribe` and `canPublishData` are true where they are absent, all others false.
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
    allow(video, "roomJoin", grant.roomJoin());
    allow(video, "roomCreate", grant.roomCreate());
    allow(video, "roomList", grant.roomList());
    allow(video, "roomAdmin", grant.roomAdmin());
    video.put("canPublish", grant.canPublish());
    video.put("canSubscribe", grant.canSubscribe());
    video.put("canPublishData", grant.canPublishData());
    allow(video, "hidden", grant.hidden());
    return Jwt.sign(
        new JWTClaimsSet.Builder()
            .issuer(key)
            .subject(grant.identity())
            .claim("name", grant.name())
            .claim("metadata", grant.metadata())
            .claim("video", video)
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(grant.expires()))
            .build(),
        secret);
  }

  private static void allow(Map<String, Object> video, String claim, boolean allowed) {
    if (allowed) {
      video.put(claim, true);
    }
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
    if (claims.getSubject() == null) {
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

  private static Grant grant(JWTClaimsSet claims) throws TokenRefused {
    Map<?, ?> video = video(claims);
    String identity = claims.getSubject() == null ? claims.getIssuer() : claims.getSubject();
    String name = text(claims.getClaim("name"), "name");
    String room = text(video.get("room"), "video.room");
    return new Grant(
        readable(identity, "sub"),
        name == null || name.isBlank() ? identity : readable(name.strip(), "name"),
        room == null || room.isEmpty() ? null : room,
        flag(video, "roomJoin", false),
        flag(video, "roomCreate", false),
        flag(video, "roomList", false),
        flag(video, "roomAdmin", false),
        flag(video, "canPublish", true),
        flag(video, "canSubscribe", true),
        flag(video, "canPublishData", true),
        flag(video, "hidden", false),
        text(claims.getClaim("metadata"), "metadata"),
        claims.getExpirationTime().toInstant());
  }

  private static Map<?, ?> video(JWTClaimsSet claims) throws TokenRefused {
    return switch (claims.getClaim("video")) {
      case null -> Map.of();
      case Map<?, ?> map -> map;
      default -> throw Jwt.malformed("the claim video is not an object");
    };
  }

  private static boolean flag(Map<?, ?> video, String claim, boolean absent) throws TokenRefused {
    return switch (video.get(claim)) {
      case null -> absent;
      case Boolean value -> value;
      default -> throw Jwt.malformed("the claim video." + claim + " is not a boolean");
    };
  }

  private static String text(Object value, String claim) throws TokenRefused {
    return switch (value) {
      case null -> null;
      case String text -> text;
      default -> throw Jwt.malformed("the claim " + claim + " is not a string");
    };
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
