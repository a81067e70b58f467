package dev.parley.protocol.sdp;

import java.util.ArrayList;
import java.util.List;

/// What the server passes on: its side of every offer and answer.
///
/// A codec's payload type is the number it is offered with where it is free, its feedback what may
/// be agreed on, its parameters what tells it from others of its name. Every video codec comes with
/// retransmissions (RFC 4588).
///
/// @param audio in the order of the server's own offers; answers keep the client's order
/// @param video likewise
/// @param data whether data channels are taken
/// @param messageSize octets of the longest data channel message taken
public record Capabilities(
    List<Codec> audio,
    List<Codec> video,
    List<HeaderExtension> extensions,
    boolean data,
    int messageSize) {
  /// Port of the SCTP association within DTLS: everybody's default (RFC 8841, section 5).
  static final int SCTP_PORT = 5000;

  public Capabilities {
    audio = List.copyOf(audio);
    video = List.copyOf(video);
    extensions = List.copyOf(extensions);
  }

  /// All codecs the SFU passes, numbered as Chromium numbers them.
  public static Capabilities standard(List<HeaderExtension> extensions, boolean data) {
    return new Capabilities(standardAudio(), standardVideo(), extensions, data, 262_144);
  }

  List<Codec> codecs(Kind kind) {
    return kind == Kind.AUDIO ? audio : kind == Kind.VIDEO ? video : List.of();
  }

  private static List<Codec> standardAudio() {
    List<String> feedback = List.of("transport-cc", "nack");
    return List.of(
        new Codec(111, "opus", 48000, 2, "minptime=10;useinbandfec=1", feedback),
        new Codec(63, "red", 48000, 2, "", feedback),
        new Codec(9, "G722", 8000, 1, "", feedback),
        new Codec(0, "PCMU", 8000, 1, "", feedback),
        new Codec(8, "PCMA", 8000, 1, "", feedback));
  }

  private static List<Codec> standardVideo() {
    List<Codec> video = new ArrayList<>();
    video.add(video(96, "VP8", ""));
    video.add(video(108, "H264", h264(1, "42e01f")));
    video.add(video(114, "H264", h264(0, "42e01f")));
    video.add(video(102, "H264", h264(1, "42001f")));
    video.add(video(104, "H264", h264(0, "42001f")));
    video.add(video(116, "H264", h264(1, "4d001f")));
    video.add(video(39, "H264", h264(0, "4d001f")));
    video.add(video(41, "H264", h264(1, "640c1f")));
    video.add(video(43, "H264", h264(1, "64001f")));
    video.add(video(98, "VP9", "profile-id=0"));
    video.add(video(45, "AV1", "level-idx=5;profile=0;tier=0"));
    video.add(video(100, "VP9", "profile-id=2"));
    video.add(video(50, "H265", "level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST"));
    return video;
  }

  private static Codec video(int payloadType, String name, String parameters) {
    List<String> feedback = List.of("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");
    return new Codec(payloadType, name, 90000, 1, parameters, feedback);
  }

  private static String h264(int mode, String profile) {
    return "level-asymmetry-allowed=1;packetization-mode=" + mode + ";profile-level-id=" + profile;
  }
}
