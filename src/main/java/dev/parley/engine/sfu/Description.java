package dev.parley.engine.sfu;

import dev.parley.engine.peer.PeerReadings;
import dev.parley.engine.peer.ReceptionStatistics;
import dev.parley.media.Preference;
import dev.parley.media.RoomMedia;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import dev.parley.protocol.rtp.PictureSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is to be told of one room's media on this loop: built when asked, nothing is kept for it.
final class Description {
  private final long now;
  private final List<RoomMedia.Peer> peers = new ArrayList<>();
  private final List<RoomMedia.Track> tracks = new ArrayList<>();
  private final List<RoomMedia.Subscription> subscriptions = new ArrayList<>();

  private Description(long now) {
    this.now = now;
  }

  /// @param room or null for none
  static RoomMedia of(Router room, long now) {
    if (room == null) {
      return RoomMedia.NONE;
    }
    Description description = new Description(now);
    room.members().forEach(description::peer);
    room.tracks().forEach(id -> description.track(room, room.track(id)));
    room.members()
        .forEach(
            member ->
                member.subscribed().forEach(each -> description.subscription(member.id(), each)));
    return new RoomMedia(description.peers, description.tracks, description.subscriptions);
  }

  private void peer(Member member) {
    PeerReadings readings = readings(member);
    QualityWatch quality = member.quality();
    boolean found = quality.quality() != null;
    peers.add(
        new RoomMedia.Peer(
            member.id(),
            member.participant(),
            low(quality.state()),
            readings == null ? null : time(readings.roundTrip()),
            readings == null || readings.estimate() < 0 ? null : readings.estimate(),
            readings == null ? null : time(readings.queueDelay()),
            found ? quality.score() : null,
            found ? low(quality.quality()) : null,
            found ? share(quality.lossSent()) : null,
            found ? share(quality.lossReceived()) : null));
  }

  private static PeerReadings readings(Member member) {
    return member == null || member.end() == null ? null : member.end().readings();
  }

  private void track(Router room, PublishedTrack track) {
    TrackView view = track.view();
    PeerReadings readings = readings(room.member(track.publisher().id()));
    tracks.add(
        new RoomMedia.Track(
            track.id(),
            track.publisher().id(),
            view.participant(),
            view.source(),
            low(view.kind()),
            view.codec(),
            view.muted(),
            view.encrypted(),
            track.layers().stream().map(layer -> layer(track, layer, readings)).toList()));
  }

  private RoomMedia.Layer layer(PublishedTrack track, Layer layer, PeerReadings readings) {
    boolean video = track.kind() == TrackKind.VIDEO;
    LayerMeter meter = layer.meter();
    int all = LayerMeter.LAYERS - 1;
    PictureSizes sizes = video ? layer.sizes() : null;
    int top = video ? layer.spatialLayers() - 1 : 0;
    boolean sized = video && sizes.width(top) > 0;
    ReceptionStatistics reception = readings == null ? null : readings.reception(layer.ssrc());
    return new RoomMedia.Layer(
        layer.rid(),
        layer.live(now),
        layer.live(now) ? meter.bitrate(all, all) : 0,
        video ? tenths(layer.live(now) ? meter.frameRate(all) : 0) : null,
        sized ? sizes.width(top) : null,
        sized ? sizes.height(top) : null,
        reception == null ? null : reception.packets(),
        reception == null ? null : (long) reception.cumulativeLost(),
        reception == null ? null : time(reception.jitterTime()),
        layer.keyFramesAsked());
  }

  private void subscription(String peer, Subscription each) {
    Standing standing = each.standing();
    Standing.Why why = standing.why(now);
    Demand demand = each.demand();
    Rung chosen = demand.chosen();
    boolean video = each.track().kind() == TrackKind.VIDEO;
    boolean runs = why == Standing.Why.RUNNING;
    Layer target = standing.target();
    Receipt receipt = each.receipt();
    SenderReportClock reports = standing.outlet().reports();
    subscriptions.add(
        new RoomMedia.Subscription(
            peer,
            each.track().id(),
            each.mid(),
            why.word(),
            runs ? standing.layer().rid() : null,
            runs && video ? layer(standing.spatial()) : null,
            runs && video ? layer(standing.temporal()) : null,
            target == null ? null : target.rid(),
            shown(demand.preference()),
            video ? demand.most() : null,
            video ? granted(demand, chosen) : null,
            receipt.bitrate(),
            Integer.toUnsignedLong(reports.packets()),
            Integer.toUnsignedLong(reports.octets()),
            standing.outlet().repairs(),
            receipt.heard() ? share(receipt.fraction()) : null));
  }

  private static long granted(Demand demand, Rung chosen) {
    return demand.heldBack() || chosen == null ? 0 : chosen.bitrate();
  }

  private static Integer layer(int highest) {
    return highest == Gate.ALL ? null : highest;
  }

  private static RoomMedia.Shown shown(Preference preference) {
    return preference.equals(Preference.ALL)
        ? null
        : new RoomMedia.Shown(
            preference.width(),
            preference.height(),
            preference.framesPerSecond(),
            preference.priority());
  }

  /// Milliseconds, or null of what is negative.
  private static Double time(long nanoseconds) {
    return nanoseconds < 0 ? null : tenths(nanoseconds / 1e6);
  }

  private static Double tenths(double value) {
    return Math.round(10 * value) / 10.0;
  }

  private static Double share(double value) {
    return Math.round(1_000 * value) / 1_000.0;
  }

  private static String low(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
