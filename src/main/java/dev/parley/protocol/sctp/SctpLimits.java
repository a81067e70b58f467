package dev.parley.protocol.sctp;

import java.time.Duration;

/// What one association may cost, in octets and time, whoever the peer is.
///
/// @param packet largest SCTP packet sent, octets: what DTLS, UDP and IP leave of the path's MTU; a
///   multiple of 4
/// @param message largest message taken from the peer, octets: what `a=max-message-size` says
/// @param receiveWindow octets of messages that are not complete or not in order yet: the window
///   told the peer (RFC 9260, section 3.3.2); more than `message`
/// @param sendBuffer octets of messages taken by `send` and not acknowledged; more are refused
/// @param flight octets sent and not acknowledged at most, whatever the congestion window says
/// @param burst packets with DATA sent at one go (Max.Burst of RFC 9260, section 6.1)
/// @param channels data channels of both ends together
/// @param label longest label and longest protocol of a channel, octets of UTF-8
/// @param rtoInitial RTO.Initial of RFC 9260, section 16
/// @param rtoMin RTO.Min
/// @param rtoMax RTO.Max, also the longest pause between two attempts at anything
/// @param sackDelay how long a SACK may wait for a second packet (section 6.2)
/// @param heartbeat after how much silence the peer is asked for a sign of life (HB.interval)
/// @param patience after how long without a sign of life, with something outstanding, the
///   association is given up; takes the place of Association.Max.Retrans
public record SctpLimits(
    int packet,
    int message,
    int receiveWindow,
    int sendBuffer,
    int flight,
    int burst,
    int channels,
    int label,
    Duration rtoInitial,
    Duration rtoMin,
    Duration rtoMax,
    Duration sackDelay,
    Duration heartbeat,
    Duration patience) {

  /// For WebRTC: datagrams of 1,200 octets with DTLS 1.2 and AES-GCM around the packet.
  public static final SctpLimits DEFAULT =
      new SctpLimits(
          1160,
          262_144,
          524_288,
          4_194_304,
          524_288,
          4,
          1024,
          4096,
          Duration.ofMillis(500),
          Duration.ofMillis(220),
          Duration.ofSeconds(3),
          Duration.ofMillis(100),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  /// Smallest packet an association can work with: the answer to an INIT with its cookie fits.
  private static final int LEAST_PACKET = 512;

  public SctpLimits {
    require(packet >= LEAST_PACKET && packet <= 65_532 && packet % 4 == 0, "packet");
    require(message >= 1024, "message");
    require(receiveWindow >= message + 65_536, "receiveWindow");
    require(sendBuffer >= 1024 && flight >= 4 * packet && burst > 0, "sendBuffer, flight, burst");
    require(channels > 0 && channels <= 65_535 && label > 0 && label <= 65_535, "channels, label");
    require(rtoMin.isPositive() && rtoInitial.compareTo(rtoMin) >= 0, "rtoMin, rtoInitial");
    require(rtoMax.compareTo(rtoInitial) >= 0 && patience.compareTo(rtoMax) >= 0, "rtoMax");
    require(!sackDelay.isNegative() && sackDelay.toMillis() <= 500, "sackDelay");
    require(heartbeat.compareTo(rtoMax) >= 0, "heartbeat");
  }

  /// Octets of a chunk that fills a packet, with its header (PMDCS of RFC 9260, section 7.2.1).
  int chunk() {
    return packet - PacketReader.HEADER;
  }

  private static void require(boolean met, String what) {
    if (!met) {
      throw new IllegalArgumentException("limits of SCTP: " + what);
    }
  }
}
