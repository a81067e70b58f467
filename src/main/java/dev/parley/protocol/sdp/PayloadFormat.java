package dev.parley.protocol.sdp;

import java.util.List;
import java.util.Locale;

/// Which parameters tell payload formats of one name apart, and which of an offer's an answer
/// repeats: a row each.
enum PayloadFormat {
  /// RFC 7587, section 7: the client's own wishes (stereo, DTX, bitrate) are granted.
  OPUS(List.of(), true),
  /// RFC 7741, section 6: max-fs and max-fr limit who wrote them, so are not repeated.
  VP8(List.of(), false),
  /// RFC 9628, section 7.
  VP9(List.of("profile-id=0"), false),
  /// RFC 6184, section 8.2.2; the level is the client's, asymmetry allowed or not.
  H264(List.of("packetization-mode=0"), true),
  /// RFC 7798, section 7.2.2.
  H265(List.of("profile-id=1", "tx-mode=srst"), true),
  /// AV1 RTP specification, section 7.2.
  AV1(List.of("profile=0"), true),
  /// Redundancy: the payload types it holds are the client's.
  RED(List.of(), true),
  OTHER(List.of(), false);

  /// Parameters with their defaults.
  private final List<String> telling;

  private final boolean repeated;

  PayloadFormat(List<String> telling, boolean repeated) {
    this.telling = telling;
    this.repeated = repeated;
  }

  private static PayloadFormat of(Codec codec) {
    for (PayloadFormat format : values()) {
      if (codec.named(format.name())) {
        return format;
      }
    }
    return OTHER;
  }

  /// The same text for codecs that are the same, whatever their payload types.
  static String identity(Codec codec) {
    PayloadFormat format = of(codec);
    String name = codec.name() + "/" + codec.clock() + "/" + codec.channels();
    String more = format == H264 ? ";" + H264Profile.of(codec.parameter("profile-level-id")) : "";
    return (name + format.parameters(codec, true) + more).toLowerCase(Locale.ROOT);
  }

  /// What an answer says of an offered codec.
  static String answered(Codec offered, Codec passed) {
    PayloadFormat format = of(offered);
    if (!format.repeated) {
      String own = format.parameters(offered, false);
      return own.isEmpty() ? "" : own.substring(1);
    }
    if (format != OPUS) {
      return offered.parameters();
    }
    StringBuilder all = new StringBuilder(offered.parameters());
    for (String ours : passed.parameters().split(";")) {
      if (!ours.isEmpty() && offered.parameter(ours.split("=")[0]) == null) {
        all.append(all.isEmpty() ? "" : ";").append(ours);
      }
    }
    return all.toString();
  }

  /// The parameters that tell, each after a semicolon; unsaid ones by their default, or left out.
  private String parameters(Codec codec, boolean unsaid) {
    StringBuilder all = new StringBuilder();
    for (String pair : telling) {
      String name = pair.substring(0, pair.indexOf('='));
      String value = codec.parameter(name);
      if (value != null) {
        all.append(';').append(name).append('=').append(value);
      } else if (unsaid) {
        all.append(';').append(pair);
      }
    }
    return all.toString();
  }
}
