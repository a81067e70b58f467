package dev.parley.door.livekit;

import dev.parley.door.livekit.model.TrackMessages;
import dev.parley.media.TrackNote;
import java.util.Base64;
import java.util.Locale;
import livekit.LivekitModels.Encryption;
import livekit.LivekitModels.SimulcastCodecInfo;
import livekit.LivekitModels.TrackInfo;
import livekit.LivekitModels.TrackType;
import livekit.LivekitRtc.AddTrackRequest;

/// A track that a client is about to publish, as others will be told of it.
final class TrackWish {
  private TrackWish() {}

  /// What is noted of it: name and size, and all that only this door can read.
  static TrackNote note(AddTrackRequest wish) {
    return note(info(wish));
  }

  static TrackNote note(TrackInfo info) {
    return new TrackNote(
        info.getName(),
        info.getWidth(),
        info.getHeight(),
        Base64.getEncoder().encodeToString(info.toByteArray()));
  }

  @SuppressWarnings("deprecation") // SDKs of yesterday read these fields still.
  private static TrackInfo info(AddTrackRequest wish) {
    var info =
        TrackInfo.newBuilder()
            .setType(wish.getType())
            .setName(wish.getName())
            .setMuted(wish.getMuted())
            .setWidth(wish.getWidth())
            .setHeight(wish.getHeight())
            .setDisableDtx(wish.getDisableDtx())
            .setSource(wish.getSource())
            .addAllLayers(wish.getLayersList())
            .setSimulcast(wish.getLayersCount() > 1)
            .setStereo(wish.getStereo())
            .setDisableRed(wish.getDisableRed())
            .setEncryption(wish.getEncryption())
            .setStream(stream(wish))
            .setBackupCodecPolicy(wish.getBackupCodecPolicy())
            .addAllAudioFeatures(wish.getAudioFeaturesList())
            .addAllPacketTrailerFeatures(wish.getPacketTrailerFeaturesList());
    String kind = wish.getType() == TrackType.AUDIO ? "audio/" : "video/";
    for (var codec : wish.getSimulcastCodecsList()) {
      // A second codec comes without a track; the server has no use for it.
      if (!codec.getCid().isEmpty() && !codec.getCodec().isEmpty()) {
        String mime = kind + codec.getCodec().toLowerCase(Locale.ROOT);
        info.setMimeType(mime)
            .addCodecs(
                SimulcastCodecInfo.newBuilder()
                    .setMimeType(mime)
                    .setCid(codec.getCid())
                    .addAllLayers(
                        codec.getLayersCount() == 0
                            ? wish.getLayersList()
                            : codec.getLayersList()));
      }
    }
    if (info.getCodecsCount() == 0) {
      info.addCodecs(
          SimulcastCodecInfo.newBuilder().setCid(wish.getCid()).addAllLayers(wish.getLayersList()));
    }
    return info.build();
  }

  private static String stream(AddTrackRequest wish) {
    return wish.getStream().isEmpty()
        ? TrackMessages.stream(TrackMessages.word(wish.getSource()))
        : wish.getStream();
  }

  static boolean encrypted(TrackInfo info) {
    return info.getEncryption() != Encryption.Type.NONE;
  }
}
