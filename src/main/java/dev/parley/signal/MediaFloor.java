package dev.parley.signal;

import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.TrackView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What may be asked of the server's media inside a meeting. Whatever is refused changes nothing.
///
/// Confined to its meeting's monitor.
final class MediaFloor {
  /// Tracks of one participant that are announced and not up yet.
  private static final int MOST_ANNOUNCED = 20;

  /// Of tracks that there are not, named in a refusal: ids are as long as a client makes them.
  private static final int MOST_NAMED = 8;

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
        var end = by.peer(answer.end());
        if (connected(by, answer.ref(), end)) {
          end.answers(answer.ref(), answer.number());
          forwarding.describe(end, answer, answer.number());
        }
      }
      case Request.Receive receive -> receive(by, receive);
      case Request.OfferAlone alone -> {
        if (by.ends().isEmpty()) {
          by.offersAlone(alone.automatic());
          by.tell(new Notice.Ok(alone.ref()), effects);
        } else {
          refuse(by, alone.ref(), ErrorCode.BAD_REQUEST, "too late for that");
        }
      }
      case Request.RestartIce it -> {
        for (var end : by.ends()) {
          if (end == by.receiver() && !by.alone()) {
            forwarding.order(new SfuCommand.OfferIceRestart(forwarding.room(), end.id()));
          }
        }
        by.tell(new Notice.Ok(it.ref()), effects);
      }
      case Request.Announce it -> announce(by, it);
      case Request.Renote it -> renote(by, it);
      case Request.Unpublish it -> {
        if (own(by, it.ref(), it.track())) {
          order(by, it.ref(), new SfuCommand.Unpublish(forwarding.room(), by.id(), it.track()));
        }
      }
      case Request.MuteTrack it -> {
        var said = by.announced().get(it.track());
        if (said != null) {
          by.announced()
              .put(
                  it.track(),
                  new Notice.Announced(
                      said.ref(), said.track(), said.source(), it.muted(), said.note()));
          by.tell(new Notice.Ok(it.ref()), effects);
        } else if (own(by, it.ref(), it.track())) {
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
      case Request.LimitAudience it -> {
        forwarding.audiences().limit(by, it.audience());
        by.tell(new Notice.Ok(it.ref()), effects);
      }
      case Request.CloseMedia close -> {
        if (connected(by, close.ref(), by.peer())) {
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
    if (offer.end() != End.MAIN) {
      refuse(by, offer.ref(), ErrorCode.BAD_REQUEST, "only the server offers there");
      return;
    }
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

  private void receive(Session by, Request.Receive it) {
    if (!by.ends().isEmpty()) {
      refuse(by, it.ref(), ErrorCode.BAD_REQUEST, "too late for an end to receive on");
    } else if (!forwarding.opens()) {
      refuse(by, it.ref(), ErrorCode.SFU_UNAVAILABLE, "media goes from peer to peer here now");
    } else {
      by.divide(it.automatic());
      var end = forwarding.open(by, End.RECEIVING);
      for (var channel : it.channels()) {
        forwarding.order(new SfuCommand.OpenChannel(forwarding.room(), end.id(), channel));
      }
      by.tell(new Notice.Ok(it.ref()), effects);
    }
  }

  private void announce(Session by, Request.Announce it) {
    if (by.announced().size() >= MOST_ANNOUNCED) {
      refuse(by, it.ref(), ErrorCode.TOO_MANY_TRACKS, "too many tracks that were not offered yet");
      return;
    }
    var said =
        new Notice.Announced(it.ref(), forwarding.trackName(), it.source(), it.muted(), it.note());
    by.announced().put(said.track(), said);
    by.tell(said, effects);
  }

  private void renote(Session by, Request.Renote it) {
    if (own(by, it.ref(), it.track())) {
      var track = forwarding.track(it.track()).with(it.note());
      forwarding.noted(track);
      by.tell(new Notice.Ok(it.ref()), effects);
    }
  }

  private boolean connected(Session by, String ref, PeerEnd end) {
    if (end == null) {
      refuse(by, ref, ErrorCode.MEDIA_CLOSED, "there is no connection to the server, offer first");
    }
    return end != null;
  }

  private boolean own(Session by, String ref, String id) {
    var track = forwarding.track(id);
    boolean own = track != null && track.participant().equals(by.id());
    if (!own) {
      refuse(by, ref, ErrorCode.TRACK_NOT_FOUND, "no such track of yours");
    }
    return own;
  }

  private boolean mayWatch(Session by, String ref) {
    if (!by.maySubscribe()) {
      refuse(by, ref, ErrorCode.SUBSCRIBE_NOT_ALLOWED, "the token does not allow to subscribe");
      return false;
    }
    return connected(by, ref, by.receiver());
  }

  private boolean watchable(Session by, String id) {
    var track = forwarding.track(id);
    return track != null && !track.participant().equals(by.id());
  }

  /// What is ordered of one track that a peer is sent.
  private interface OfTrack {
    SfuCommand order(String room, String peer, String track);
  }

  // A track may end while a list of many is under way: what is said of the others holds.
  private void orderEach(Session by, String ref, Collection<String> tracks, OfTrack of) {
    if (!mayWatch(by, ref)) {
      return;
    }
    var unknown = new ArrayList<String>();
    for (var track : tracks) {
      if (watchable(by, track)) {
        forwarding.order(of.order(forwarding.room(), by.receiver().id(), track));
      } else {
        unknown.add(track);
      }
    }
    if (unknown.isEmpty()) {
      by.tell(new Notice.Ok(ref), effects);
    } else {
      var named = String.join(", ", unknown.subList(0, Math.min(MOST_NAMED, unknown.size())));
      refuse(by, ref, ErrorCode.TRACK_NOT_FOUND, "no such track of another: " + named);
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
