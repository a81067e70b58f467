package dev.parley.door.json;

import dev.parley.media.SpeakerView;
import dev.parley.media.TrackView;
import dev.parley.signal.Notice;
import java.util.List;
import java.util.Locale;

/// How what belongs to media through the server is written.
final class MediaNotices {
  private MediaNotices() {}

  static JsonWriter tracks(JsonWriter out, List<TrackView> tracks) {
    out.name("tracks").open('[');
    tracks.forEach(track -> track(out, track));
    return out.close(']');
  }

  static JsonWriter track(JsonWriter out, TrackView track) {
    out.open('{')
        .member("id", track.id())
        .member("participant", track.participant())
        .member("kind", track.kind().name().toLowerCase(Locale.ROOT))
        .member("source", track.source())
        .member("codec", track.codec())
        .member("muted", track.muted())
        .name("layers")
        .open('[');
    track.layers().forEach(out::value);
    return out.close(']').member("encrypted", track.encrypted()).close('}');
  }

  static JsonWriter quality(JsonWriter out, Notice.SubscribedQuality quality) {
    out.member("track", quality.track())
        .member("mid", quality.mid())
        .member("wanted", quality.wanted())
        .name("layers")
        .open('[');
    quality.rids().forEach(out::value);
    return out.close(']');
  }

  static JsonWriter connection(JsonWriter out, Notice.ConnectionQuality quality) {
    return out.member("participant", quality.participant())
        .member("quality", quality.quality().name().toLowerCase(Locale.ROOT))
        .raw("score", tenths(quality.score()));
  }

  /// As `4.3`: nobody sees more of it.
  private static String tenths(double value) {
    long tenths = Math.round(10 * value);
    return tenths / 10 + "." + tenths % 10;
  }

  static JsonWriter speakers(JsonWriter out, List<SpeakerView> speakers) {
    out.name("speakers").open('[');
    for (var speaker : speakers) {
      out.open('{')
          .member("participant", speaker.participant())
          .raw("level", level(speaker.level()))
          .close('}');
    }
    return out.close(']');
  }

  /// In hundredths, from 0 to 1: nobody sees more of it.
  private static String level(double level) {
    long hundredths = Math.round(Math.clamp(level, 0, 1) * 100);
    return hundredths == 100 ? "1" : hundredths < 10 ? "0.0" + hundredths : "0." + hundredths;
  }
}
