package dev.parley.identity;

import java.util.Map;
import java.util.Set;

/// The grants of an access token that few tokens have (claims as LiveKit's).
///
/// @param attributes of the participant, for applications
/// @param canPublishSources what may be published, of `camera`, `microphone`, `screen_share`,
///   `screen_share_audio`; empty for everything
/// @param canUpdateOwnMetadata may change its own name, metadata and attributes
/// @param recorder is a recorder and nobody who takes part
/// @param agent is a program that serves the others
/// @param roomRecord may record and send out
/// @param ingressAdmin may make ways in for streams
/// @param sipAdmin may make trunks and dispatch rules of SIP
/// @param sipCall may call by SIP
/// @param kind what takes part: `standard`, `ingress`, `egress`, `sip`, `agent` or another word; or
///   null
/// @param kindDetails more of it
/// @param destinationRoom the room that participants may be moved or forwarded to, or null
/// @param roomPreset the name of settings for a room that is made for this token, or null
/// @param roomConfig settings of a room that is made for this token, or null
/// @param sha256 base64 of the SHA-256 of a body that the token vouches for, or null
public record GrantDetails(
    Map<String, String> attributes,
    Set<String> canPublishSources,
    boolean canUpdateOwnMetadata,
    boolean recorder,
    boolean agent,
    boolean roomRecord,
    boolean ingressAdmin,
    boolean sipAdmin,
    boolean sipCall,
    String kind,
    Set<String> kindDetails,
    String destinationRoom,
    String roomPreset,
    RoomWish roomConfig,
    String sha256) {
  /// None of them.
  public static final GrantDetails NONE =
      new GrantDetails(
          Map.of(), Set.of(), false, false, false, false, false, false, false, null, Set.of(), null,
          null, null, null);

  /// Settings of a room that a token wishes; null leaves one as it is by default.
  ///
  /// @param emptyTimeout seconds it waits for the first one
  /// @param departureTimeout seconds it outlives its last participant
  public record RoomWish(
      Integer emptyTimeout, Integer departureTimeout, Integer maxParticipants, String metadata) {}

  public GrantDetails {
    attributes = Map.copyOf(attributes);
    canPublishSources = Set.copyOf(canPublishSources);
    kindDetails = Set.copyOf(kindDetails);
  }

  /// The same with other attributes.
  public GrantDetails attributes(Map<String, String> other) {
    return new GrantDetails(
        other,
        canPublishSources,
        canUpdateOwnMetadata,
        recorder,
        agent,
        roomRecord,
        ingressAdmin,
        sipAdmin,
        sipCall,
        kind,
        kindDetails,
        destinationRoom,
        roomPreset,
        roomConfig,
        sha256);
  }

  /// The same with another wish for the room.
  public GrantDetails roomConfig(RoomWish other) {
    return new GrantDetails(
        attributes,
        canPublishSources,
        canUpdateOwnMetadata,
        recorder,
        agent,
        roomRecord,
        ingressAdmin,
        sipAdmin,
        sipCall,
        kind,
        kindDetails,
        destinationRoom,
        roomPreset,
        other,
        sha256);
  }
}
