package dev.parley.engine.sfu;

import dev.parley.engine.congestion.Claim;
import dev.parley.engine.peer.Publication;
import dev.parley.media.Preference;
import dev.parley.media.SfuCommand;
import dev.parley.media.SfuEvent;
import dev.parley.protocol.sdp.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A publisher with encoders of layers and one receiver that decodes, in virtual time, thirty
/// pictures a second.
final class LayerStage {
  static final Duration PICTURE = Duration.ofNanos(33_333_333);

  final RoomStage stage;
  final FakePeer ann;
  final FakePeer bob;
  final List<LayeredEncoder> encoders = new ArrayList<>();
  final LayeredDecoder decoder = new LayeredDecoder();
  final SplittableRandom random;
  final String track;
  int lossPercent;
  int latePercent;
  private final Publication publication;
  private final List<Late> late = new ArrayList<>();
  private final Map<Integer, Integer> keyIn = new HashMap<>();

  private record Late(LayeredEncoder by, byte[] packet, int pictures) {}

  LayerStage(RoomStage room, long seed, int codec, String... rids) {
    stage = room;
    ann = stage.open("ann");
    bob = stage.open("bob");
    random = new SplittableRandom(seed);
    publication = RoomStage.layered("0", "camera", rids);
    stage.inside(() -> ann.side.published(publication));
    track = stage.rooms.room(RoomStage.ROOM).tracks().getFirst();
    for (int i = 0; i < Math.max(1, rids.length); i++) {
      String rid = rids.length == 0 ? null : rids[i];
      int number = i;
      stage.inside(
          () ->
              encoders.add(
                  new LayeredEncoder(
                      codec,
                      number,
                      ann.side.stream(
                          publication, rid, number + 1, publication.section().codec(codec)),
                      random)));
      encoders.getLast().octets = 40 << 2 * i;
    }
    bob.sender("ann", Kind.VIDEO).wire = decoder::receive;
  }

  /// Simulcast of three sizes, the largest 1280 by 720.
  static LayerStage simulcast(long seed) {
    return simulcast(new RoomStage(), seed);
  }

  static LayerStage simulcast(RoomStage room, long seed) {
    LayerStage stage = new LayerStage(room, seed, LayeredEncoder.VP8, "q", "h", "f");
    for (int i = 0; i < 3; i++) {
      stage.encoders.get(i).width = 320 << i;
      stage.encoders.get(i).height = 180 << i;
    }
    return stage;
  }

  /// One stream of three spatial layers.
  static LayerStage scalable(long seed, int codec) {
    return scalable(new RoomStage(), seed, codec);
  }

  static LayerStage scalable(RoomStage room, long seed, int codec) {
    LayerStage stage = new LayerStage(room, seed, codec);
    stage.encoders.getFirst().spatials = 3;
    return stage;
  }

  void pass(int pictures) {
    for (int i = 0; i < pictures; i++) {
      picture();
    }
  }

  private void picture() {
    stage.pass(PICTURE);
    askedKeyFrames();
    List<Late> due = new ArrayList<>();
    late.replaceAll(each -> new Late(each.by, each.packet, each.pictures - 1));
    late.stream().filter(each -> each.pictures == 0).forEach(due::add);
    late.removeAll(due);
    stage.inside(() -> due.forEach(each -> each.by.arrive(each.packet, stage.now())));
    for (LayeredEncoder encoder : encoders) {
      stage.inside(() -> encoder.picture().forEach(packet -> send(encoder, packet)));
    }
    stage.engine.drained(stage.now());
  }

  private void send(LayeredEncoder by, byte[] packet) {
    int chance = random.nextInt(100);
    if (chance < lossPercent) {
      decoder.damage(packet, by.codec);
    } else if (chance < lossPercent + latePercent) {
      decoder.delay(packet, by.codec);
      late.add(new Late(by, packet, 1 + random.nextInt(4)));
    } else {
      by.arrive(packet, stage.now());
    }
  }

  /// Encoders answer a request some pictures later.
  private void askedKeyFrames() {
    for (Layer layer : ann.keyFrames) {
      keyIn.putIfAbsent(layer.ssrc() - 1, 1 + random.nextInt(4));
    }
    ann.keyFrames.clear();
    for (LayeredEncoder encoder : encoders) {
      int left = keyIn.getOrDefault(encoder.number, -1);
      if (left == 0) {
        encoder.keyWanted = true;
        keyIn.remove(encoder.number);
      } else if (left > 0) {
        keyIn.put(encoder.number, left - 1);
      }
    }
  }

  /// The client sends an encoding under another SSRC from now on.
  void anew(int encoder, int ssrc) {
    LayeredEncoder of = encoders.get(encoder);
    String rid = publication.section().rids().get(encoder);
    stage.inside(
        () -> ann.side.stream(publication, rid, ssrc, publication.section().codec(of.codec)));
  }

  void prefer(int width, int height, int framesPerSecond) {
    Preference preference = new Preference(width, height, framesPerSecond, 0);
    stage.order(new SfuCommand.Prefer(RoomStage.ROOM, "bob", track, preference));
  }

  Demand demand() {
    return stage.rooms.room(RoomStage.ROOM).member("bob").demands().getFirst();
  }

  /// Grants a rung counted from the lowest, as far as there are any.
  void grant(int rung) {
    Member member = stage.rooms.room(RoomStage.ROOM).member("bob");
    if (!member.demands().isEmpty()) {
      Demand demand = member.demands().getFirst();
      int granted = Math.min(rung, demand.rungs() - 1);
      stage.inside(() -> demand.grant(granted < 0 ? Claim.NONE : granted, stage.now()));
    }
  }

  /// What was decoded since the last call: frames by encoder and spatial layer, as `1/0`.
  Map<String, Integer> decoded() {
    Map<String, Integer> counts = new HashMap<>();
    List<LayeredDecoder.Frame> frames = decoder.frames();
    for (LayeredDecoder.Frame frame :
        frames.subList(Math.min(seen, frames.size()), frames.size())) {
      counts.merge(frame.encoder() + "/" + frame.spatial(), 1, Integer::sum);
    }
    seen = frames.size();
    return counts;
  }

  private int seen;

  <E extends SfuEvent> List<E> told(Class<E> kind) {
    return stage.told().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
