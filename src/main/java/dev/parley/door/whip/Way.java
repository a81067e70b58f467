package dev.parley.door.whip;

import dev.parley.identity.Grant;
import dev.parley.signal.ErrorCode;
import dev.parley.signal.ParticipantKind;

/// In or out.
enum Way {
  /// RFC 9725.
  WHIP(ParticipantKind.ENCODER, 406) {
    @Override
    void check(Grant grant) throws Refusal {
      // Others could not see whose tracks those of a hidden participant are.
      if (!grant.canPublish() || grant.hidden()) {
        throw Refusal.of(ErrorCode.PUBLISH_NOT_ALLOWED, this, "the token does not let publish");
      }
    }
  },
  /// draft-ietf-wish-whep.
  WHEP(ParticipantKind.VIEWER, 422) {
    @Override
    void check(Grant grant) throws Refusal {
      if (!grant.canSubscribe()) {
        throw Refusal.of(ErrorCode.SUBSCRIBE_NOT_ALLOWED, this, "the token does not let watch");
      }
    }
  };

  private final ParticipantKind kind;
  private final int unacceptable;

  Way(ParticipantKind kind, int unacceptable) {
    this.kind = kind;
    this.unacceptable = unacceptable;
  }

  ParticipantKind kind() {
    return kind;
  }

  /// The status for SDP that is SDP, but nothing can come of.
  int unacceptable() {
    return unacceptable;
  }

  /// Whether a token is good for this way; asked before anything is made or replaced.
  abstract void check(Grant grant) throws Refusal;
}
