package dev.parley.signal;

import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.TrackView;
import java.util.Collection;
import java.util.List;

/// What may be asked of the server's media inside a meeting. Whatever is refused changes nothing.
///
/// Confined to its meeting's monitor.
final class MediaFloor {
  private final Forwarding forwarding;
  private final List<Effect> effects;

  MediaFloor(Forwarding forwarding, List<Effect> effects) {
    this.forwarding = forwarding;
    this.effects = effects;
  }

  boolean available() {
    return forwarding.available();
  }

  void receive(Session by, Request.OfMedia request) {
    if (!forwarding.available()) {
      refuse(by, request.ref(), ErrorCode.SFU_UNAVAILABLE, "this server has no SFU now");
      return;
    }
    switch (request) {
      case Request.Describe offer when offer.type() == SdpType.OFFER -> offer(by, offer);
      case Request.Describe answer -> {
        if (connected(by, answer.ref())) {
          by.peer().answers(answer.ref(), answer.number());
          forwarding.describe(by.peer(), answer, answer.number());
        }
      }
      case Request.Unpublish it -> {
        if (own(by, it.ref(), it.track())) {
          order(by, it.ref(), new SfuCommand.Unpublish(forwarding.room(), by.id(), it.track()));
        }
      }
      case Request.MuteTrack it -> {
        if (own(by, it.ref(), it.track())) {
          order(by, it.ref(), new SfuCommand.MuteTrack(forwarding.room(), it.track(), it.muted()));
        }
      }
      case Request.Subscribe it ->
          orderEach(
              by,
              it.ref(),
              it.tracks(),
              (room, peer, track) -> new SfuCommand.Subscribe(room, peer, track, it.wanted()));
      case Request.Pause it ->
          orderEach(
              by,
              it.ref(),
              it.tracks(),
              (room, peer, track) -> new SfuCommand.Pause(room, peer, track, it.paused()));
      case Request.TrackSettings it -> {
        var wishes = it.preferences();
        orderEach(
            by,
            it.ref(),
            wishes.keySet(),
            (room, peer, track) -> new SfuCommand.Prefer(room, peer, track, wishes.get(track)));
      }
      case Request.CloseMedia close -> {
        if (connected(by, close.ref())) {
          by.tell(new Notice.Ok(close.ref()), effects);
          forwarding.close(by.peer(), "left");
        }
      }
    }
  }

  /// A moderator mutes someone's track at the server.
  ///
  /// @return the track, or null where it was refused
  TrackView enforce(Session by, Request.Mute mute) {
    var track = forwarding.track(mute.track());
    if (track == null || !track.participant().equals(mute.participant())) {
      refuse(by, mute.ref(), ErrorCode.TRACK_NOT_FOUND, "no such track");
      return null;
    }
    forwarding.order(new SfuCommand.MuteTrack(forwarding.room(), track.id(), true));
    return track;
  }

  /// The first offer opens the server's end.
  private void offer(Session by, Request.Describe offer) {
    if (by.peer() == null && !forwarding.opens()) {
      refuse(by, offer.ref(), ErrorCode.SFU_UNAVAILABLE, "media goes from peer to peer here now");
      return;
    }
    var end = by.peer() == null ? forwarding.open(by) : by.peer();
    long number = end.offered(offer.ref(), offer.number());
    if (number == 0) {
      refuse(by, offer.ref(), ErrorCode.RATE_LIMITED, "too many offers are not answered yet");
    } else {
      forwarding.describe(end, offer, number);
    }
  }

  private boolean connected(Session by, String ref) {
    if (by.peer() == null) {
      refuse(by, ref, ErrorCode.MEDIA_CLOSED, "there is no connection to the server, offer first");
    }
    return by.peer() != null;
  }

  private boolean own(Session by, String ref, String id) {
    var track = forwarding.track(id);
    boolean own = track != null && track.participant().equals(by.id());
    if (!own) {
      refuse(by, ref, ErrorCode.TRACK_NOT_FOUND, "no such track of yours");
    }
    return own;
  }

  private boolean watchable(Session by, String ref, Collection<String> ids) {
    if (!by.maySubscribe()) {
      refuse(by, ref, ErrorCode.SUBSCRIBE_NOT_ALLOWED, "the token does not allow to subscribe");
      return false;
    }
    if (!connected(by, ref)) {
      return false;
    }
    for (var id : ids) {
      var track = forwarding.track(id);
      if (track == null || track.participant().equals(by.id())) {
        refuse(by, ref, ErrorCode.TRACK_NOT_FOUND, "no such track of another");
        return false;
      }
    }
    return true;
  }

  /// What is ordered of one track that a peer is sent.
  private interface OfTrack {
    SfuCommand order(String room, String peer, String track);
  }

  private void orderEach(Session by, String ref, Collection<String> tracks, OfTrack of) {
    if (watchable(by, ref, tracks)) {
      for (var track : tracks) {
        forwarding.order(of.order(forwarding.room(), by.peer().id(), track));
      }
      by.tell(new Notice.Ok(ref), effects);
    }
  }

  private void order(Session by, String ref, SfuCommand command) {
    forwarding.order(command);
    by.tell(new Notice.Ok(ref), effects);
  }

  private void refuse(Session by, String ref, ErrorCode code, String message) {
    by.tell(new Notice.Error(ref, code, message), effects);
  }
}
