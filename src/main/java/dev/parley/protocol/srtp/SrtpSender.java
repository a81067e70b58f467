package dev.parley.protocol.srtp;

import dev.parley.wire.Octets;
import java.util.Objects;

/// Protects what one end of a connection sends (RFC 3711, section 3.3; RFC 7714). Confined to one
/// thread.
///
/// ```java
/// SrtpSender.Stream stream = sender.stream(ssrc);           // once a subscription
/// int length = stream.protect(header, 0, 20, slot, at, payloadLength, scratch, 0);
/// ```
public final class SrtpSender {
  private static final int RTP_HEADER = 12;
  private static final int SEQUENCE_AT = 2;
  private static final int SSRC_AT = 8;

  private final SrtpProfile profile;
  private final Transform rtp;
  private final Transform rtcp;
  private final StreamTable<Stream> streams = new StreamTable<>();
  private int rtcpIndex;

  SrtpSender(SrtpProfile profile, SessionKeys rtpKeys, SessionKeys rtcpKeys) {
    this.profile = profile;
    rtp = Transform.of(profile, rtpKeys);
    rtcp = Transform.of(profile, rtcpKeys);
  }

  public SrtpProfile profile() {
    return profile;
  }

  /// The handle of an SSRC: always the same one, kept as long as the key, because its rollover
  /// counter must never start again.
  public Stream stream(int ssrc) {
    Stream stream = streams.find(ssrc);
    if (stream == null) {
      stream = new Stream(ssrc);
      streams.put(ssrc, stream);
    }
    return stream;
  }

  /// Protects a compound control packet (RFC 3711, section 3.4).
  ///
  /// @param packet the plain packet, at least eight octets; its first sender SSRC is the stream
  /// @param out another array, or the same with `outAt` equal to `at`; takes `length` and
  ///   [SrtpProfile#rtcpOverhead()] octets
  /// @return octets written to `out`, or the code of an [SrtpRefusal]: `TOO_SHORT`, `KEY_EXHAUSTED`
  public int protectRtcp(byte[] packet, int at, int length, byte[] out, int outAt) {
    if (length < SrtcpWord.HEADER) {
      return SrtpRefusal.TOO_SHORT.code();
    }
    int total = length + profile.rtcpOverhead();
    Objects.checkFromIndexSize(outAt, total, out.length);
    if (rtcpIndex == SrtcpWord.INDEX) {
      return SrtpRefusal.KEY_EXHAUSTED.code();
    }
    rtcpIndex++;
    System.arraycopy(packet, at, out, outAt, SrtcpWord.HEADER);
    int ssrc = Octets.u32(packet, at + 4);
    rtcp.sealRtcp(ssrc, rtcpIndex | SrtcpWord.ENCRYPTED, packet, at, length, out, outAt);
    return total;
  }

  /// Goes on behind an index, as tests of far ends do.
  void continueRtcpAfter(int index) {
    rtcpIndex = index;
  }

  @Override
  public String toString() {
    return "SrtpSender[" + profile + "]";
  }

  /// One SSRC that is sent: its rollover counter and highest sequence number. Belongs to the
  /// sender's thread.
  public final class Stream {
    private static final long NONE = -1;

    private final int ssrc;
    private long highest = NONE;

    private Stream(int ssrc) {
      this.ssrc = ssrc;
    }

    public int ssrc() {
      return ssrc;
    }

    /// Protects one packet. The sequence number is read from the header and may be an old one: its
    /// index is guessed as the receiver guesses it (RFC 3711, section 3.3.1).
    ///
    /// A sequence number that was protected before must come with **the same octets**, header and
    /// payload alike, or its key stream is used twice and GCM loses its authentication key (RFC
    /// 3711, section 9.1; RFC 7714, section 8.2). Whoever wants to send a packet again with another
    /// extension in its header uses an RTX stream.
    ///
    /// @param header holds the RTP header; may be `out`, with `headerAt` equal to `outAt`
    /// @param headerLength with CSRCs and extensions, at least 12
    /// @param payload holds what follows the header, padding included; another array than `out`, or
    ///   `out` itself where the payload stands exactly behind the header
    /// @param out takes header, payload and [SrtpProfile#rtpOverhead()] octets
    /// @return octets written to `out`, or the code of an [SrtpRefusal]: `TOO_OLD` before the
    ///   stream's first packet, `KEY_EXHAUSTED`
    public int protect(
        byte[] header,
        int headerAt,
        int headerLength,
        byte[] payload,
        int payloadAt,
        int payloadLength,
        byte[] out,
        int outAt) {
      if (headerLength < RTP_HEADER || Octets.u32(header, headerAt + SSRC_AT) != ssrc) {
        throw new IllegalArgumentException("not a header of this stream");
      }
      int total = headerLength + payloadLength + profile.rtpOverhead();
      Objects.checkFromIndexSize(outAt, total, out.length);
      long index = index(Octets.u16(header, headerAt + SEQUENCE_AT));
      if (index < PacketIndex.FIRST) {
        return SrtpRefusal.TOO_OLD.code();
      }
      if (index > PacketIndex.LAST) {
        return SrtpRefusal.KEY_EXHAUSTED.code();
      }
      highest = Math.max(highest, index);
      if (header != out || headerAt != outAt) {
        System.arraycopy(header, headerAt, out, outAt, headerLength);
      }
      rtp.sealRtp(ssrc, index, payload, payloadAt, payloadLength, out, outAt, headerLength);
      return total;
    }

    /// Goes on behind an index, as tests of far ends do.
    void continueAfter(long index) {
      highest = index;
    }

    private long index(int sequence) {
      return highest == NONE ? sequence : PacketIndex.guess(highest, sequence);
    }
  }
}
