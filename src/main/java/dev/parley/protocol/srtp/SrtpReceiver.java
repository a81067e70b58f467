package dev.parley.protocol.srtp;

import dev.parley.wire.Octets;
import java.util.Objects;

/// Unprotects what one end of a connection receives (RFC 3711, section 3.3; RFC 7714). Confined to
/// one thread.
///
/// Nothing is remembered of a packet that is not authentic, so forgers cost no memory; the streams
/// of an authentic sender are bounded.
public final class SrtpReceiver {
  private static final int RTP_HEADER = 12;
  private static final int SEQUENCE_AT = 2;
  private static final int SSRC_AT = 8;
  private static final int RTCP_SSRC_AT = 4;

  private final SrtpProfile profile;
  private final Transform rtp;
  private final Transform rtcp;
  private final StreamTable<ReplayWindow> rtpWindows = new StreamTable<>();
  private final StreamTable<ReplayWindow> rtcpWindows = new StreamTable<>();
  private final int maximum;
  private long index;

  SrtpReceiver(SrtpProfile profile, SessionKeys rtpKeys, SessionKeys rtcpKeys, int maximum) {
    this.profile = profile;
    this.maximum = maximum;
    rtp = Transform.of(profile, rtpKeys);
    rtcp = Transform.of(profile, rtcpKeys);
  }

  public SrtpProfile profile() {
    return profile;
  }

  /// Verifies and decrypts one RTP packet: header and plain payload stand in `out` afterwards.
  ///
  /// @param packet what arrived
  /// @param headerLength of its header with CSRCs and extensions, as the RTP parser found it
  /// @param out another array (the same one makes the cipher copy); takes `length` less
  ///   [SrtpProfile#rtpOverhead()] octets, which are undefined after a refusal
  /// @return the plain packet's length, or the code of an [SrtpRefusal]
  public int unprotect(byte[] packet, int at, int length, int headerLength, byte[] out, int outAt) {
    int plain = length - profile.rtpTagLength();
    if (headerLength < RTP_HEADER || plain < headerLength) {
      return SrtpRefusal.TOO_SHORT.code();
    }
    Objects.checkFromIndexSize(outAt, plain, out.length);
    int ssrc = Octets.u32(packet, at + SSRC_AT);
    int sequence = Octets.u16(packet, at + SEQUENCE_AT);
    ReplayWindow window = rtpWindows.find(ssrc);
    long guess = window == null ? sequence : PacketIndex.guess(window.highest(), sequence);
    int refusal = check(window, rtpWindows, guess);
    if (refusal < 0) {
      return refusal;
    }
    if (!rtp.openRtp(ssrc, guess, packet, at, length, headerLength, out, outAt)) {
      return SrtpRefusal.BAD_TAG.code();
    }
    accept(window, rtpWindows, ssrc, guess);
    index = guess;
    System.arraycopy(packet, at, out, outAt, headerLength);
    return plain;
  }

  /// The index of the RTP packet unprotected last: its rollover counter and sequence number, which
  /// is the sequence number that never wraps.
  public long lastIndex() {
    return index;
  }

  /// Verifies and decrypts one compound control packet (RFC 3711, section 3.4).
  ///
  /// @param out another array; takes `length` less [SrtpProfile#rtcpOverhead()] octets, which are
  ///   undefined after a refusal
  /// @return the plain packet's length, or the code of an [SrtpRefusal]
  public int unprotectRtcp(byte[] packet, int at, int length, byte[] out, int outAt) {
    int plain = length - profile.rtcpOverhead();
    if (plain < SrtcpWord.HEADER) {
      return SrtpRefusal.TOO_SHORT.code();
    }
    Objects.checkFromIndexSize(outAt, plain, out.length);
    int ssrc = Octets.u32(packet, at + RTCP_SSRC_AT);
    int word = Octets.u32(packet, at + (profile.aead() ? length - SrtcpWord.LENGTH : plain));
    long number = word & SrtcpWord.INDEX;
    ReplayWindow window = rtcpWindows.find(ssrc);
    int refusal = check(window, rtcpWindows, number);
    if (refusal < 0) {
      return refusal;
    }
    if (!rtcp.openRtcp(ssrc, word, packet, at, length, out, outAt)) {
      return SrtpRefusal.BAD_TAG.code();
    }
    accept(window, rtcpWindows, ssrc, number);
    System.arraycopy(packet, at, out, outAt, SrtcpWord.HEADER);
    return plain;
  }

  /// How many SSRCs have sent authentic RTP.
  public int streams() {
    return rtpWindows.size();
  }

  /// How many SSRCs have sent authentic RTCP.
  public int rtcpStreams() {
    return rtcpWindows.size();
  }

  /// Forgets an SSRC that was signalled to have ended, to make room for another. Packets of it that
  /// somebody recorded would be authentic again: call it only for what is then routed nowhere.
  ///
  /// @return whether it was known
  public boolean forget(int ssrc) {
    return rtpWindows.remove(ssrc) | rtcpWindows.remove(ssrc);
  }

  @Override
  public String toString() {
    return "SrtpReceiver[" + profile + "]";
  }

  private int check(ReplayWindow window, StreamTable<ReplayWindow> windows, long guess) {
    if (window != null) {
      return window.check(guess);
    }
    return windows.size() < maximum ? 0 : SrtpRefusal.TOO_MANY_STREAMS.code();
  }

  private static void accept(
      ReplayWindow window, StreamTable<ReplayWindow> windows, int ssrc, long accepted) {
    if (window == null) {
      windows.put(ssrc, new ReplayWindow(accepted));
    } else {
      window.accept(accepted);
    }
  }
}
