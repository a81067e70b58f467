package dev.parley.signal;

import dev.parley.media.PeerState;
import dev.parley.media.SdpType;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.media.TrackView;
import java.util.List;

/// Takes what the media half tells of a meeting. What is of an end, a participant or a track that
/// is not known (any more) is dropped: it was under way when that ended.
///
/// Confined to its meeting's monitor.
final class Tidings {
  private final Meeting meeting;
  private final Forwarding forwarding;
  private final DataFloor data;
  private final Minutes minutes;
  private final List<Effect> effects;

  Tidings(
      Meeting meeting,
      Forwarding forwarding,
      DataFloor data,
      Minutes minutes,
      List<Effect> effects) {
    this.data = data;
    this.meeting = meeting;
    this.forwarding = forwarding;
    this.minutes = minutes;
    this.effects = effects;
  }

  /// Takes it when what others outside are to know of it is written, and in order.
  void heard(SfuEvent event, long now) {
    if (!ofTracks(event)) {
      told(event, now);
      return;
    }
    var fact = minutes.kept() ? fact(event, now) : null;
    if (fact == null) {
      minutes.follow(now, then -> told(event, then));
    } else {
      minutes.record(() -> fact, now, then -> told(event, then), late -> told(event, late));
    }
  }

  /// Whether it may speak of tracks, and so has to keep to the order in which they are told.
  private static boolean ofTracks(SfuEvent event) {
    return switch (event) {
      case SfuEvent.DataReceived _,
          SfuEvent.DataHeld _,
          SfuEvent.ChannelOpened _,
          SfuEvent.ChannelClosed _,
          SfuEvent.Speaking _,
          SfuEvent.QualityChanged _,
          SfuEvent.Strained _,
          SfuEvent.RoomDescribed _ ->
          false;
      default -> true;
    };
  }

  /// What others outside are to know of it, or null.
  private Fact fact(SfuEvent event, long now) {
    return switch (event) {
      case SfuEvent.TrackUp up -> {
        var who = meeting.session(up.track().participant());
        if (who == null || !who.seated() || who.hidden()) {
          yield null;
        }
        var said = who.announced().get(up.track().id());
        var track = said == null ? up.track() : up.track().with(said.note());
        yield new Fact.Published(minutes.scene(now), who.view(), track);
      }
      case SfuEvent.TrackDown down -> {
        var who = meeting.session(down.participant());
        yield who == null
            ? null
            : new Fact.Unpublished(minutes.scene(now), who.view(), down.track());
      }
      default -> null;
    };
  }

  private void told(SfuEvent event, long now) {
    switch (event) {
      case SfuEvent.TrackUp up -> up(up);
      case SfuEvent.TrackChanged changed -> {
        var before = forwarding.track(changed.track().id());
        if (before != null) {
          changed(changed.track().with(before.note()));
        }
      }
      case SfuEvent.TrackDown down -> {
        if (forwarding.ended(down.track())) {
          meeting.all(null, new Notice.TrackUnpublished(down.participant(), down.track()));
        }
      }
      case SfuEvent.Speaking speaking -> forwarding.speak(speaking.speakers());
      case SfuEvent.Described described -> ofPeer(described.peer(), described, now);
      case SfuEvent.DescriptionRefused refused -> ofPeer(refused.peer(), refused, now);
      case SfuEvent.IceRestarted restarted -> ofPeer(restarted.peer(), restarted, now);
      case SfuEvent.SectionsWanted wanted -> ofPeer(wanted.peer(), wanted, now);
      case SfuEvent.PeerChanged changed -> ofPeer(changed.peer(), changed, now);
      case SfuEvent.Subscribed subscribed -> {
        if (subscribed.mid() != null) {
          forwarding.watched(subscribed.track());
        }
        ofPeer(subscribed.peer(), subscribed, now);
      }
      case SfuEvent.StreamStateChanged changed -> ofPeer(changed.peer(), changed, now);
      case SfuEvent.LayersWanted wanted -> ofPeer(wanted.peer(), wanted, now);
      case SfuEvent.Strained strained -> ofPeer(strained.peer(), strained, now);
      case SfuEvent.QualityChanged changed -> forwarding.rate(changed);
      case SfuEvent.ChannelOpened opened -> {
        var end = forwarding.peer(opened.peer());
        if (end != null) {
          end.opened(opened.form().label());
        }
      }
      case SfuEvent.ChannelClosed closed -> {
        var end = forwarding.peer(closed.peer());
        if (end != null) {
          closed(end, closed);
        }
      }
      case SfuEvent.DataReceived received -> {
        var end = forwarding.peer(received.peer());
        if (end != null) {
          data.receive(end, received.message());
          var taken = end.took(received.message().octets().length);
          if (taken != null) {
            forwarding.order(
                new SfuCommand.DataTaken(
                    received.room(), end.id(), taken.messages(), taken.octets()));
          }
        }
      }
      case SfuEvent.RoomDescribed _, SfuEvent.DataHeld _ -> {}
    }
  }

  private void changed(TrackView track) {
    forwarding.published().put(track.id(), track);
    meeting.all(null, new Notice.TrackChanged(track));
  }

  private void closed(PeerEnd end, SfuEvent.ChannelClosed closed) {
    end.closed(closed.label());
    switch (closed.reason()) {
      case "limit" -> refuse(end, ErrorCode.TOO_MANY_CHANNELS, "close one first");
      case "too-long" -> refuse(end, ErrorCode.DATA_TOO_LONG, "the channel was closed for it");
      default -> {}
    }
  }

  private void refuse(PeerEnd end, ErrorCode code, String message) {
    end.owner().tell(new Notice.Error(null, code, message), effects);
  }

  private void up(SfuEvent.TrackUp up) {
    var publisher = meeting.session(up.track().participant());
    if (publisher != null && publisher.joined() && !publisher.hidden()) {
      var said = publisher.announced().remove(up.track().id());
      var track = said == null ? up.track() : up.track().with(said.note());
      forwarding.published().put(track.id(), track);
      meeting.all(publisher, new Notice.TrackPublished(track, null));
      publisher.tell(new Notice.TrackPublished(track, mid(publisher, up)), effects);
      forwarding.audiences().published(publisher, track);
    }
  }

  /// Where the publisher finds its track, if it still has that end.
  private static String mid(Session publisher, SfuEvent.TrackUp up) {
    var end = publisher.peer();
    return end != null && end.id().equals(up.peer()) ? up.mid() : null;
  }

  private void ofPeer(String id, SfuEvent event, long now) {
    var end = forwarding.peer(id);
    if (end == null) {
      return;
    }
    if (end.owner().agent() != null) {
      ofAgent(end, end.owner().agent(), event, now);
    } else {
      ofPerson(end, event);
    }
  }

  private void ofPerson(PeerEnd end, SfuEvent event) {
    var owner = end.owner();
    switch (event) {
      case SfuEvent.Described it when it.type() == SdpType.OFFER ->
          owner.tell(end.offers(it.number(), it.sdp()), effects);
      case SfuEvent.Described it -> {
        var asked = end.answered(it.number());
        if (asked != null) {
          owner.tell(
              new Notice.Described(
                  asked.ref(), SdpType.ANSWER, asked.said(), it.sdp(), end.which()),
              effects);
        }
      }
      case SfuEvent.DescriptionRefused no when no.number() == 0 -> refused(end, no);
      case SfuEvent.DescriptionRefused no -> {
        var asked = end.refused(no.number());
        if (asked != null) {
          forwarding.refuse(owner, asked.ref(), ErrorCode.of(no.reason()), no.detail());
        } else {
          remark(end, no);
        }
      }
      case SfuEvent.PeerChanged it when it.state() == PeerState.CLOSED ->
          forwarding.forget(end, it.reason());
      case SfuEvent.PeerChanged it -> {
        end.state(it.state());
        owner.tell(new Notice.MediaChanged(it.state(), it.reason(), end.which()), effects);
      }
      case SfuEvent.Subscribed it -> {
        if (it.mid() == null) {
          end.unsubscribed(it.track());
        }
        owner.tell(new Notice.TrackSubscribed(it.track(), it.mid()), effects);
      }
      case SfuEvent.SectionsWanted it ->
          owner.tell(new Notice.SectionsWanted(it.audio(), it.video()), effects);
      case SfuEvent.StreamStateChanged it when forwarding.track(it.track()) != null ->
          owner.tell(end.flows(it.track(), it.held()), effects);
      case SfuEvent.LayersWanted it when forwarding.track(it.track()) != null ->
          owner.tell(end.quality(it.track(), it.mid(), it.rids(), it.any()), effects);
      case SfuEvent.Strained it -> owner.tell(end.load(it.step()), effects);
      default -> {}
    }
  }

  /// The end itself was refused: before it ever answered, that is the answer to all it was asked.
  private void refused(PeerEnd end, SfuEvent.DescriptionRefused no) {
    if (end.answered()) {
      remark(end, no);
      return;
    }
    var code = ErrorCode.of(no.reason());
    for (var pending : end.abandon()) {
      forwarding.refuse(end.owner(), pending.ref(), code, no.detail());
    }
    forwarding.close(end, code.code());
  }

  private void remark(PeerEnd end, SfuEvent.DescriptionRefused no) {
    String code = ErrorCode.of(no.reason()).code();
    end.owner().tell(new Notice.MediaChanged(end.state(), code, end.which()), effects);
  }

  /// An agent lives as long as its peer.
  private void ofAgent(PeerEnd end, Agent agent, SfuEvent event, long now) {
    switch (event) {
      case SfuEvent.Subscribed _,
          SfuEvent.StreamStateChanged _,
          SfuEvent.LayersWanted _,
          SfuEvent.Strained _ -> {}
      default -> effects.add(new Effect.Report(agent, event));
    }
    switch (event) {
      case SfuEvent.Described it when it.type() == SdpType.ANSWER -> end.answered(it.number());
      case SfuEvent.DescriptionRefused no when no.number() == 0 && !end.answered() ->
          meeting.depart(end.owner(), Departure.LEFT, CloseReason.LEFT, null, now);
      case SfuEvent.PeerChanged it -> {
        end.state(it.state());
        if (it.state() == PeerState.CLOSED) {
          var why = "left".equals(it.reason()) ? Departure.LEFT : Departure.TIMEOUT;
          meeting.depart(end.owner(), why, CloseReason.LEFT, null, now);
        }
      }
      default -> {}
    }
  }
}
