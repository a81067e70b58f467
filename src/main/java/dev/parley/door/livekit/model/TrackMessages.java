package dev.parley.door.livekit.model;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.media.TrackKind;
import dev.parley.media.TrackNote;
import dev.parley.media.TrackView;
import java.util.ArrayList;
import java.util.Base64;
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

  /// What a publisher said of its track through this door; nothing where it came by another.
  public static TrackInfo said(TrackNote note) {
    if (note == null || note.details() == null) {
      return TrackInfo.getDefaultInstance();
    }
    try {
      return TrackInfo.parseFrom(Base64.getDecoder().decode(note.details()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return TrackInfo.getDefaultInstance();
    }
  }

  /// Everything that the view tells; a door that knows more adds it.
  @SuppressWarnings("deprecation") // SDKs of yesterday read these fields still.
  public static TrackInfo.Builder builder(TrackView track) {
    boolean video = track.kind() == TrackKind.VIDEO;
    var said = said(track.note());
    var info =
        said.toBuilder()
            .setSid(track.id())
            .setType(video ? TrackType.VIDEO : TrackType.AUDIO)
            .setName(name(track))
            .setMuted(track.muted())
            .setSource(source(track.source()))
            .setSimulcast(track.layers().size() > 1)
            .setMimeType(mime(track))
            .clearLayers()
            .clearCodecs();
    if (track.note() != null) {
      info.setWidth(track.note().width()).setHeight(track.note().height());
    }
    if (said.getStream().isEmpty()) {
      info.setStream(stream(track.source()));
    }
    if (track.encrypted() != (said.getEncryption() != Encryption.Type.NONE)) {
      info.setEncryption(track.encrypted() ? Encryption.Type.GCM : Encryption.Type.NONE);
    }
    var layers = video ? layers(track.layers(), said) : List.<VideoLayer>of();
    String cid = said.getCodecsCount() == 0 ? "" : said.getCodecs(0).getCid();
    return info.addAllLayers(layers)
        .addCodecs(
            SimulcastCodecInfo.newBuilder()
                .setMimeType(info.getMimeType())
                .setCid(cid)
                .addAllLayers(layers));
  }

  private static String name(TrackView track) {
    if (track.note() != null) {
      return track.note().name();
    }
    return track.source() == null ? "" : track.source();
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

  /// The quality of one layer of several, the lowest first: of two, the lower two, as SDKs that
  /// send two name them.
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

  /// One layer of each `rid`, the publisher's order, with what it said of that quality.
  @SuppressWarnings("deprecation") // Sizes of layers are told there by most.
  private static List<VideoLayer> layers(List<String> rids, TrackInfo said) {
    if (rids.isEmpty()) {
      return said.getLayersList();
    }
    var layers = new ArrayList<VideoLayer>(rids.size());
    for (int i = 0; i < rids.size(); i++) {
      var quality = quality(rids.get(i), i, rids.size());
      var known =
          said.getLayersList().stream().filter(each -> each.getQuality() == quality).findFirst();
      layers.add(
          known
              .map(VideoLayer::toBuilder)
              .orElseGet(VideoLayer::newBuilder)
              .setQuality(quality)
              .setSpatialLayer(i)
              .setRid(rids.get(i))
              .build());
    }
    return layers;
  }

  /// The SDKs call their layers `q`, `h` and `f`; of others the publisher's order counts.
  public static VideoQuality quality(String rid, int index, int layers) {
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
