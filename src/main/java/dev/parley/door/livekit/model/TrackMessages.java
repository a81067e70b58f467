package dev.parley.door.livekit.model;

import dev.parley.media.TrackKind;
import dev.parley.media.TrackView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import livekit.LivekitModels.Encryption;
import livekit.LivekitModels.SimulcastCodecInfo;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackSource;
import livekit.LivekitModels.TrackType;
import livekit.LivekitModels.VideoLayer;
import livekit.LivekitModels.VideoQuality;

/// Tracks as `livekit.TrackInfo`.
public final class TrackMessages {
  private TrackMessages() {}

  public static TrackInfo of(TrackView track) {
    return builder(track).build();
  }

  /// Everything that the view tells; a door that knows more adds it.
  @SuppressWarnings("deprecation") // SDKs of yesterday read these fields still.
  public static TrackInfo.Builder builder(TrackView track) {
    boolean video = track.kind() == TrackKind.VIDEO;
    var info =
        TrackInfo.newBuilder()
            .setSid(track.id())
            .setType(video ? TrackType.VIDEO : TrackType.AUDIO)
            .setName(track.source() == null ? "" : track.source())
            .setMuted(track.muted())
            .setSource(source(track.source()))
            .setSimulcast(track.layers().size() > 1)
            .setMimeType(mime(track))
            .setStream(stream(track.source()))
            .setEncryption(track.encrypted() ? Encryption.Type.GCM : Encryption.Type.NONE);
    var layers = video ? layers(track.layers()) : List.<VideoLayer>of();
    return info.addAllLayers(layers)
        .addCodecs(
            SimulcastCodecInfo.newBuilder().setMimeType(info.getMimeType()).addAllLayers(layers));
  }

  /// What a track is of.
  ///
  /// @param word `camera`, `microphone`, `screen`, `screen-audio`; or null
  public static TrackSource source(String word) {
    return switch (word) {
      case "camera" -> TrackSource.CAMERA;
      case "microphone" -> TrackSource.MICROPHONE;
      case "screen" -> TrackSource.SCREEN_SHARE;
      case "screen-audio" -> TrackSource.SCREEN_SHARE_AUDIO;
      case null, default -> TrackSource.UNKNOWN;
    };
  }

  /// What a track is of, as this house says it; `unknown` for anything else.
  public static String word(TrackSource source) {
    return switch (source) {
      case CAMERA -> "camera";
      case MICROPHONE -> "microphone";
      case SCREEN_SHARE -> "screen";
      case SCREEN_SHARE_AUDIO -> "screen-audio";
      case UNKNOWN, UNRECOGNIZED -> "unknown";
    };
  }

  /// The name of the stream that a track belongs to: what of one participant plays in sync.
  public static String stream(String word) {
    return switch (word) {
      case "camera", "microphone" -> "camera";
      case "screen", "screen-audio" -> "screen";
      case null, default -> "";
    };
  }

  /// The quality of one layer of several, the lowest first.
  public static VideoQuality quality(int index, int layers) {
    int fromTop = layers - 1 - index;
    if (layers == 1) {
      return VideoQuality.HIGH;
    }
    return switch (layers == 2 ? fromTop + 1 : fromTop) {
      case 0 -> VideoQuality.HIGH;
      case 1 -> VideoQuality.MEDIUM;
      default -> VideoQuality.LOW;
    };
  }

  /// One layer of each `rid`, the publisher's order.
  private static List<VideoLayer> layers(List<String> rids) {
    var layers = new ArrayList<VideoLayer>(rids.size());
    for (int i = 0; i < rids.size(); i++) {
      layers.add(
          VideoLayer.newBuilder()
              .setQuality(quality(rids.get(i), i, rids.size()))
              .setRid(rids.get(i))
              .build());
    }
    return layers;
  }

  /// The SDKs call their layers `q`, `h` and `f`; of others the publisher's order counts.
  private static VideoQuality quality(String rid, int index, int layers) {
    return switch (rid) {
      case "q" -> VideoQuality.LOW;
      case "h" -> VideoQuality.MEDIUM;
      case "f" -> VideoQuality.HIGH;
      default -> quality(index, layers);
    };
  }

  private static String mime(TrackView track) {
    if (track.codec() == null) {
      return "";
    }
    String kind = track.kind().name().toLowerCase(Locale.ROOT);
    String codec = track.codec();
    return kind + "/" + (codec.equalsIgnoreCase("opus") ? "opus" : codec);
  }
}
