package dev.parley.door.livekit;

import dev.parley.door.livekit.model.TrackMessages;
import dev.parley.media.TrackView;
import dev.parley.signal.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import livekit.LivekitModels.VideoQuality;
import livekit.LivekitRtc.SubscribedCodec;
import livekit.LivekitRtc.SubscribedQuality;
import livekit.LivekitRtc.SubscribedQualityUpdate;

/// Which qualities of a track anybody has use for, as its publisher is told.
final class Layers {
  private static final List<VideoQuality> ALL =
      List.of(VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH);

  private Layers() {}

  /// All three are named always; of a track with one encoding all or none are wanted.
  @SuppressWarnings("deprecation") // SDKs of yesterday read the list without codecs still.
  static SubscribedQualityUpdate wanted(TrackView track, Notice.SubscribedQuality wanted) {
    List<SubscribedQuality> qualities = new ArrayList<>();
    for (var quality : ALL) {
      qualities.add(
          SubscribedQuality.newBuilder()
              .setQuality(quality)
              .setEnabled(enabled(quality, track, wanted))
              .build());
    }
    String codec = track.codec() == null ? "" : track.codec().toLowerCase(Locale.ROOT);
    return SubscribedQualityUpdate.newBuilder()
        .setTrackSid(track.id())
        .addAllSubscribedQualities(qualities)
        .addSubscribedCodecs(
            SubscribedCodec.newBuilder().setCodec(codec).addAllQualities(qualities))
        .build();
  }

  private static boolean enabled(
      VideoQuality quality, TrackView track, Notice.SubscribedQuality wanted) {
    if (!wanted.wanted() || wanted.rids().isEmpty()) {
      return wanted.wanted();
    }
    var rids = track.layers();
    for (int i = 0; i < rids.size(); i++) {
      if (TrackMessages.quality(rids.get(i), i, rids.size()) == quality) {
        return wanted.rids().contains(rids.get(i));
      }
    }
    return false;
  }
}
