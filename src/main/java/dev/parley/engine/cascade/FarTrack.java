package dev.parley.engine.cascade;

import dev.parley.engine.sfu.Layer;
import dev.parley.engine.sfu.Origin;
import dev.parley.engine.sfu.PublishedTrack;
import dev.parley.engine.sfu.PublisherClock;
import dev.parley.engine.sfu.Router;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.sdp.Codec;
import java.util.ArrayList;
import java.util.List;

/// A track that another branch of the room has announced, and as whom it stands in the router of
/// this one. Confined to the loop.
final class FarTrack implements Origin {
  /// Encodings of a track that come at a time, and some that were replaced just now.
  private static final int MOST_LAYERS = 16;

  private final Cascade cascade;
  private final int loop;
  private final FarPublisher publisher;
  private final List<Arriving> layers = new ArrayList<>(3);
  private Note.Announce announced;
  private Note.Want want;
  private PublishedTrack track;
  private int place;
  private int beginning;

  /// One layer that arrives.
  ///
  /// @param number the sending branch's
  private record Arriving(int number, Layer layer) {}

  FarTrack(Cascade cascade, int loop, Note.Announce announced, FarPublisher publisher) {
    this.cascade = cascade;
    this.loop = loop;
    this.announced = announced;
    this.publisher = publisher;
  }

  /// The room has members here: they can have it.
  void enter(Router router, long now) {
    place = cascade.arrivals().take(this);
    track = router.carry(track(), this, announced.publication(), announced.codec());
    if (track == null) {
      cascade.arrivals().give(place);
    } else {
      track.mute(announced.muted(), now);
    }
  }

  /// They cannot any more.
  void leave(Router router, long now) {
    if (track == null) {
      return;
    }
    router.drop(track, now);
    track = null;
    layers.clear();
    if (want != null && want.any()) {
      wants(List.of(), false);
    }
    want = null;
    cascade.arrivals().give(place);
  }

  /// It is told again, or is other than before.
  void announced(Note.Announce note, long now) {
    boolean anew = !note.publication().equals(announced.publication());
    announced = note;
    if (track == null) {
      return;
    }
    if (anew) {
      track.republished(note.publication());
    }
    track.codec(note.codec(), now);
    track.mute(note.muted(), now);
  }

  /// Hot: a packet of it.
  ///
  /// @return false if it is of no use
  boolean received(Label label, byte[] octets, int at, int length, long now) {
    Layer layer = layer(label.layer());
    if (layer == null) {
      layer = begin(label, octets, at, length, now);
    }
    if (layer == null || length > layer.room()) {
      return false;
    }
    System.arraycopy(octets, at, layer.octets(), layer.at(), length);
    layer.received(length, false, now);
    return true;
  }

  private Layer layer(int number) {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).number == number) {
        return layers.get(i).layer;
      }
    }
    return null;
  }

  private Layer begin(Label label, byte[] octets, int at, int length, long now) {
    if (length < RtpPacket.FIXED_HEADER || layers.size() == MOST_LAYERS) {
      return null;
    }
    Codec codec = track.codec(RtpPacket.payloadType(octets, at));
    if (codec == null) {
      return null;
    }
    // Its subscriptions ask for a key frame before it has a name here.
    beginning = label.layer();
    Layer layer = track.stream(label.rid(), label.ssrc(), codec, now);
    layers.add(new Arriving(label.layer(), layer));
    return layer;
  }

  void reported(Note.Reported note, long now) {
    Layer layer = layer(note.layer());
    if (layer != null) {
      layer.senderReport(note.ntp(), note.timestamp(), now);
    }
  }

  /// The sending branch has that layer no more.
  void ended(int number) {
    Layer layer = layer(number);
    if (layer != null) {
      layers.removeIf(each -> each.number == number);
      layer.ended();
    }
  }

  @Override
  public void requestKeyFrame(Layer layer, boolean newcomer, long now) {
    int number = beginning;
    for (Arriving each : layers) {
      number = each.layer == layer ? each.number : number;
    }
    tell(new Note.KeyFrameWanted(announced.room(), track(), number, newcomer));
  }

  @Override
  public void wanted(SfuEvent.LayersWanted news) {
    wants(news.rids(), news.any());
  }

  private void wants(List<String> rids, boolean any) {
    int stamp = cascade.arrivals().stamp(place);
    want = new Note.Want(announced.room(), announced.track(), place, stamp, rids, any);
    tell(want);
  }

  /// The other branch may not have heard it.
  void wantAgain() {
    if (want != null && want.any()) {
      tell(want);
    }
  }

  private void tell(Note note) {
    cascade.crossing().tell(loop, note);
  }

  /// Whether the room had no place for it.
  boolean waits() {
    return track == null;
  }

  int loop() {
    return loop;
  }

  FarPublisher publisher() {
    return publisher;
  }

  /// The track's id.
  String track() {
    return announced.track();
  }

  @Override
  public String id() {
    return publisher.id();
  }

  @Override
  public String participant() {
    return publisher.participant();
  }

  @Override
  public String cname() {
    return publisher.cname();
  }

  @Override
  public PublisherClock clock() {
    return publisher.clock();
  }
}
