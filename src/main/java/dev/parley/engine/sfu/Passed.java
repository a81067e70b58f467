package dev.parley.engine.sfu;

import dev.parley.protocol.rtp.RtpExtension;
import dev.parley.protocol.sdp.Capabilities;
import dev.parley.protocol.sdp.HeaderExtension;
import java.util.List;

/// What the selective forwarding unit passes on: its side of every offer and answer.
final class Passed {
  private static final boolean YES = true;
  private static final boolean NO = false;

  private Passed() {}

  static Capabilities capabilities() {
    return Capabilities.standard(
        List.of(
            extension(RtpExtension.MID, YES, YES, YES),
            extension(RtpExtension.SSRC_AUDIO_LEVEL, YES, NO, YES),
            extension(RtpExtension.TRANSPORT_WIDE_CC, YES, YES, YES),
            // For clients that estimate their downlink themselves and say so by REMB.
            new HeaderExtension(
                RtpExtension.ABS_SEND_TIME.uri(),
                NO,
                YES,
                YES,
                RtpExtension.TRANSPORT_WIDE_CC.uri()),
            extension(RtpExtension.RTP_STREAM_ID, NO, YES, NO),
            extension(RtpExtension.REPAIRED_RTP_STREAM_ID, NO, YES, NO),
            extension(RtpExtension.VIDEO_ORIENTATION, NO, YES, YES),
            extension(RtpExtension.PLAYOUT_DELAY, NO, YES, YES),
            extension(RtpExtension.VIDEO_CONTENT_TYPE, NO, YES, YES),
            extension(RtpExtension.COLOR_SPACE, NO, YES, YES),
            extension(RtpExtension.DEPENDENCY_DESCRIPTOR, NO, YES, YES),
            extension(RtpExtension.ABS_CAPTURE_TIME, YES, YES, YES)),
        true);
  }

  private static HeaderExtension extension(
      RtpExtension row, boolean audio, boolean video, boolean offered) {
    return new HeaderExtension(row.uri(), audio, video, offered);
  }
}
