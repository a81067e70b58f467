package dev.parley.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.identity.GrantDetails.RoomWish;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// [GrantDetails] as claims.
final class DetailClaims {
  private DetailClaims() {}

  /// @param all the token
  /// @param video its object of that name
  static GrantDetails read(Claims all, Claims video) throws TokenRefused {
    Claims sip = all.object("sip");
    return new GrantDetails(
        all.texts("attributes"),
        video.words("canPublishSources"),
        video.flag("canUpdateOwnMetadata"),
        video.flag("recorder"),
        video.flag("agent"),
        video.flag("roomRecord"),
        video.flag("ingressAdmin"),
        sip.flag("admin"),
        sip.flag("call"),
        all.word("kind"),
        all.words("kindDetails"),
        video.word("destinationRoom"),
        all.word("roomPreset"),
        wish(all),
        all.word("sha256"));
  }

  /// A room's configuration is proto JSON in tokens of the SDKs, which spell it either way.
  private static RoomWish wish(Claims all) throws TokenRefused {
    if (all.value("roomConfig") == null) {
      return null;
    }
    Claims room = all.object("roomConfig");
    return new RoomWish(
        either(room, "emptyTimeout", "empty_timeout"),
        either(room, "departureTimeout", "departure_timeout"),
        either(room, "maxParticipants", "max_participants"),
        room.word("metadata"));
  }

  private static Integer either(Claims room, String claim, String other) throws TokenRefused {
    Integer value = room.positive(claim);
    return value == null ? room.positive(other) : value;
  }

  /// Adds what is there to a token and to its object `video`.
  static void write(GrantDetails details, JWTClaimsSet.Builder all, Map<String, Object> video) {
    allow(video, "canUpdateOwnMetadata", details.canUpdateOwnMetadata());
    allow(video, "recorder", details.recorder());
    allow(video, "agent", details.agent());
    allow(video, "roomRecord", details.roomRecord());
    allow(video, "ingressAdmin", details.ingressAdmin());
    words(details.canPublishSources(), "canPublishSources", video);
    if (details.destinationRoom() != null) {
      video.put("destinationRoom", details.destinationRoom());
    }
    Map<String, Object> others = new LinkedHashMap<>();
    if (!details.attributes().isEmpty()) {
      others.put("attributes", details.attributes());
    }
    others.put("kind", details.kind());
    words(details.kindDetails(), "kindDetails", others);
    others.put("roomPreset", details.roomPreset());
    others.put("roomConfig", details.roomConfig() == null ? null : wish(details.roomConfig()));
    others.put("sha256", details.sha256());
    Map<String, Object> sip = new LinkedHashMap<>();
    allow(sip, "admin", details.sipAdmin());
    allow(sip, "call", details.sipCall());
    others.put("sip", sip.isEmpty() ? null : sip);
    others.forEach(
        (claim, value) -> {
          if (value != null) {
            all.claim(claim, value);
          }
        });
  }

  private static Map<String, Object> wish(RoomWish wish) {
    Map<String, Object> room = new LinkedHashMap<>();
    put(room, "emptyTimeout", wish.emptyTimeout());
    put(room, "departureTimeout", wish.departureTimeout());
    put(room, "maxParticipants", wish.maxParticipants());
    put(room, "metadata", wish.metadata());
    return room;
  }

  private static void put(Map<String, Object> into, String claim, Object value) {
    if (value != null) {
      into.put(claim, value);
    }
  }

  private static void words(Set<String> words, String claim, Map<String, Object> into) {
    if (!words.isEmpty()) {
      into.put(claim, List.copyOf(words));
    }
  }

  static void allow(Map<String, Object> into, String claim, boolean allowed) {
    if (allowed) {
      into.put(claim, true);
    }
  }
}
