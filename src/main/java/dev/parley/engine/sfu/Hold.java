package dev.parley.engine.sfu;

import dev.parley.media.Counter;
import dev.parley.media.HoldReason;

/// Why a [Subscription] is held back although its receiver has use for it, and what the receiver
/// was told of that. Confined to the loop of the room.
final class Hold {
  private final SfuKit kit;
  private final Member member;
  private boolean aside;
  private HoldReason asideFor;
  private HoldReason told;

  Hold(SfuKit kit, Member member, PublishedTrack track) {
    this.kit = kit;
    this.member = member;
    begin(track);
  }

  /// Nothing is known yet of this track, or of none.
  void begin(PublishedTrack track) {
    end();
    aside = track != null && member.waits(track);
  }

  /// Others are shown instead of it, or it is again.
  ///
  /// @param why or null: it is shown
  /// @return whether that is new
  boolean aside(HoldReason why) {
    boolean others = why != null;
    if (aside == others && asideFor == why) {
      return false;
    }
    if (!others) {
      shown();
    } else if (asideFor == null) {
      kit.count(Counter.SFU_VIDEO_SET_ASIDE);
    }
    aside = others;
    asideFor = why;
    return true;
  }

  /// Whether others are shown instead of it, or that is not known yet.
  boolean aside() {
    return aside;
  }

  /// Why others are, or null.
  HoldReason asideFor() {
    return asideFor;
  }

  /// It is held back; while it is not known yet who is shown, that is not told.
  void tell(PublishedTrack track) {
    HoldReason why = aside ? asideFor : HoldReason.BANDWIDTH;
    if (why != null && why != told) {
      flown();
      told = why;
      if (why == HoldReason.BANDWIDTH) {
        kit.count(Counter.SFU_HELD_BACK);
      }
      member.tellFlow(track, why);
    }
  }

  /// It flows.
  void flows(PublishedTrack track) {
    if (told != null) {
      flown();
      member.tellFlow(track, null);
    }
  }

  private void flown() {
    if (told == HoldReason.BANDWIDTH) {
      kit.count(Counter.SFU_RELEASED);
    }
    told = null;
  }

  private void shown() {
    if (asideFor != null) {
      kit.count(Counter.SFU_VIDEO_SHOWN_AGAIN);
    }
    asideFor = null;
  }

  /// It is over, and nobody has to be told.
  void end() {
    flown();
    shown();
  }
}
