package dev.parley.engine.sfu;

import dev.parley.engine.Engine;
import dev.parley.engine.Timers;
import dev.parley.engine.peer.PeerReadings;
import dev.parley.engine.peer.ReceptionStatistics;
import dev.parley.media.Counter;
import dev.parley.media.PeerState;
import dev.parley.media.Quality;
import dev.parley.media.SfuEvent.QualityChanged;
import dev.parley.media.TrackKind;
import java.time.Duration;

/// How good one member's connection is: the worse of what it sends and what it receives, looked at
/// every five seconds while it is connected. Confined to the loop of the room.
///
/// Loss is counted over all streams of a direction. Jitter is that of audio where there is any: the
/// packets of a picture come in a bunch on the best of paths.
final class QualityWatch {
  private static final long EVERY = Duration.ofSeconds(5).toNanos();

  /// Members that came in one moment are looked at in different ones.
  private static final int STAGGER_MILLIS = 1_000;

  /// A change of the score within its class that is told.
  private static final double CHANGE = 0.3;

  private static final long SECOND = 1_000_000_000L;

  private final SfuKit kit;
  private final Member member;
  private final String room;
  private final Timers.Alarm alarm = new Timers.Alarm(this::wake);
  private final Losses sent = new Losses();
  private final Losses received = new Losses();
  private PeerState state = PeerState.CONNECTING;
  private long lookedAt;
  private double score;
  private Quality quality;
  private QualityChanged told;

  QualityWatch(SfuKit kit, Member member, String room) {
    this.kit = kit;
    this.member = member;
    this.room = room;
  }

  /// How far the peer is has changed.
  void changed(PeerState now, long at) {
    state = now;
    switch (now) {
      case CONNECTING -> {}
      case CONNECTED -> {
        lookedAt = at;
        kit.timers().noLaterThan(alarm, at + EVERY + stagger());
      }
      case QUIET -> {
        end();
        find(ConnectionScore.WORST, Quality.LOST);
      }
      case CLOSED -> end();
    }
  }

  private long stagger() {
    return Duration.ofMillis(Math.floorMod(member.id().hashCode(), STAGGER_MILLIS)).toNanos();
  }

  /// The member is gone.
  void end() {
    kit.timers().cancel(alarm);
  }

  private long wake(long now) {
    try {
      double found = look(member.end().readings(), now);
      find(found, ConnectionScore.quality(found, quality));
      return now + EVERY;
    } catch (RuntimeException bug) {
      member.fail(bug);
      return Engine.NEVER;
    }
  }

  private double look(PeerReadings readings, long now) {
    double passed = Math.max(1, now - lookedAt) / (double) SECOND;
    lookedAt = now;
    Jitter arriving = new Jitter();
    for (PublishedTrack track : member.published()) {
      for (Layer layer : track.layers()) {
        if (track.kind() == TrackKind.AUDIO) {
          layer.meter().tick(passed);
        }
        ReceptionStatistics reception = readings.reception(layer.ssrc());
        if (reception != null) {
          sent.count(layer, reception.expected(), reception.cumulativeLost());
          arriving.of(track.kind(), reception.jitterTime());
        }
      }
    }
    sent.turn();
    Jitter leaving = new Jitter();
    double share = received(leaving, now);
    received.turn();
    long trip = readings.roundTrip();
    double up = ConnectionScore.of(sent.share(), trip, arriving.time(), 1);
    double down = ConnectionScore.of(received.share(), trip, leaving.time(), share);
    return Math.min(up, down);
  }

  /// Counts what receivers report.
  ///
  /// @return share granted of the video that is of use
  private double received(Jitter jitter, long now) {
    double useful = 0;
    double granted = 0;
    for (Subscription each : member.subscribed()) {
      Receipt receipt = each.receipt();
      PublishedTrack track = each.track();
      receipt.look(each.carried(), now);
      if (receipt.heard()) {
        received.count(receipt, receipt.expected(), receipt.lost());
        int clock = track.offered().getFirst().clock();
        jitter.of(track.kind(), receipt.jitter() * SECOND / clock);
      }
      if (each.competes()) {
        Demand demand = each.demand();
        Rung chosen = demand.chosen();
        useful += demand.most();
        granted += chosen == null ? 0 : Math.min(demand.most(), chosen.bitrate());
      }
    }
    return useful == 0 ? 1 : granted / useful;
  }

  private void find(double found, Quality worth) {
    score = found;
    quality = worth;
    kit.count(
        switch (worth) {
          case EXCELLENT -> Counter.SFU_QUALITY_EXCELLENT;
          case GOOD -> Counter.SFU_QUALITY_GOOD;
          case POOR -> Counter.SFU_QUALITY_POOR;
          case LOST -> Counter.SFU_QUALITY_LOST;
        });
    if (told == null || told.quality() != worth || Math.abs(told.score() - found) >= CHANGE) {
      told = new QualityChanged(room, member.id(), member.participant(), found, worth);
      kit.tell(told);
    }
  }

  /// The worst of audio, or of video where there is no audio.
  private static final class Jitter {
    private long audio = -1;
    private long video;

    void of(TrackKind kind, long nanoseconds) {
      if (kind == TrackKind.AUDIO) {
        audio = Math.max(audio, nanoseconds);
      } else {
        video = Math.max(video, nanoseconds);
      }
    }

    long time() {
      return audio < 0 ? video : audio;
    }
  }

  PeerState state() {
    return state;
  }

  /// As found last, or null.
  Quality quality() {
    return quality;
  }

  /// As found last; 0 before.
  double score() {
    return score;
  }

  /// Share lost of what the client sends.
  double lossSent() {
    return sent.share();
  }

  /// Share lost of what it is sent.
  double lossReceived() {
    return received.share();
  }
}
