package dev.parley.engine.peer;

import dev.parley.engine.congestion.PacketKind;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.rtp.RtxPayload;
import dev.parley.protocol.sdp.Codec;
import dev.parley.protocol.sdp.Kind;
import dev.parley.protocol.sdp.Outgoing;
import dev.parley.protocol.sdp.Section;
import dev.parley.protocol.sdp.Source;
import dev.parley.protocol.srtp.SrtpSender;
import java.nio.charset.StandardCharsets;

/// One outgoing track: its RtpStream and the one of its retransmissions (RFC 4588). Confined to the
/// peer's loop.
final class OutgoingStream implements Sender {
  /// Nothing has been sent.
  private static final int NO_TYPE = -1;

  /// Between two tellings of lost packets: a key frame sooner than this would find the same queue.
  private static final long LOST_EVERY = 1_000_000_000L;

  /// The most there can be in a packet: the last octet counts all.
  private static final byte[] PADDING = new byte[255];

  static {
    PADDING[254] = (byte) 255;
  }

  private final Departures departures;
  private final Scratch scratch;
  private final Outgoing outgoing;
  private final int ssrc;
  private final int repairSsrc;
  private final Numbers numbers;
  private final RtxForm rtx;
  private final ExtensionTranslation extensions;
  private final OutgoingFormats formats = new OutgoingFormats();
  private final Flow media;
  private final Flow repairs = new Flow(PacketKind.RETRANSMISSION);
  private final SentReports reports = new SentReports();
  private final byte[] cname;
  private SenderSide side;
  private Section section;
  private boolean heard;
  private boolean told;
  private boolean lost;
  private long lostAt;
  private int lastFir = -1;
  private int lastType = NO_TYPE;
  private int lastTimestamp;

  /// @param numbers of this SSRC, which may have been sent before
  /// @param rtx numbers of its retransmissions, likewise
  OutgoingStream(
      Departures departures, Scratch scratch, Outgoing outgoing, Numbers numbers, RtxForm rtx) {
    this.departures = departures;
    this.scratch = scratch;
    this.outgoing = outgoing;
    this.ssrc = (int) outgoing.ssrc();
    this.repairSsrc = (int) outgoing.repair();
    this.numbers = numbers;
    this.rtx = rtx;
    this.extensions = new ExtensionTranslation(scratch.extensions, scratch.descriptors);
    this.media = new Flow(outgoing.kind() == Kind.AUDIO ? PacketKind.AUDIO : PacketKind.VIDEO);
    this.cname = outgoing.cname().getBytes(StandardCharsets.UTF_8);
  }

  /// Both ends agreed on its section. False where nothing has changed.
  boolean section(Section agreed, boolean mixed) {
    if (agreed.equals(section)) {
      return false;
    }
    section = agreed;
    formats.section(agreed);
    extensions.section(agreed, mixed);
    return true;
  }

  void keyed(SrtpSender sender) {
    media.keyed(sender.stream(ssrc));
    repairs.keyed(outgoing.repair() == Source.NONE ? null : sender.stream(repairSsrc));
  }

  Outgoing outgoing() {
    return outgoing;
  }

  int ssrc() {
    return ssrc;
  }

  byte[] cname() {
    return cname;
  }

  /// Who hears reports, or null.
  SenderSide side() {
    return side;
  }

  /// Whether the owner has been told that it may send.
  boolean told() {
    return told;
  }

  void told(boolean now) {
    told = now;
    if (!now) {
      stop(media);
      stop(repairs);
    }
  }

  @Override
  public long roundTrip() {
    return departures.roundTrip();
  }

  @Override
  public void supersede() {
    departures.discard(media);
    departures.discard(repairs);
  }

  private void stop(Flow flow) {
    flow.keyed(null);
    departures.discard(flow);
  }

  /// Packets of some stream were dropped; where it is this one, and no retransmission, whoever
  /// sends through it hears of it.
  void lost(long now) {
    boolean again = !lost || now - lostAt >= LOST_EVERY;
    if (again && media.lost() && side != null) {
      lost = true;
      lostAt = now;
      side.dropped(now);
    }
  }

  /// A number that the receiver speaks of, as the subscription knows it.
  int told(int number) {
    return numbers.told(number);
  }

  /// The receiver has reported on it, so it knows whose packets these are.
  void heard() {
    heard = true;
  }

  /// When this stream's sender reports went out.
  SentReports reports() {
    return reports;
  }

  /// Whether a full intra request is a new one (RFC 5104, section 4.3.1.2).
  boolean newRequest(int sequence) {
    boolean repeated = sequence == lastFir;
    lastFir = sequence;
    return !repeated;
  }

  @Override
  public String id() {
    return outgoing.id();
  }

  @Override
  public String mid() {
    return section.mid();
  }

  @Override
  public int payloadType(Codec published) {
    return formats.payloadType(published);
  }

  @Override
  public boolean repairs() {
    return outgoing.repair() != Source.NONE && formats.repairable();
  }

  @Override
  public void side(SenderSide hearer) {
    side = hearer;
  }

  @Override
  public void from(Publication publication) {
    extensions.from(publication.section());
  }

  @Override
  public void send(
      byte[] packet,
      int at,
      int headerLength,
      int payloadLength,
      int padding,
      int payloadType,
      long sequence,
      int timestamp,
      PacketChange change,
      long now) {
    long placed = media.stream() == null ? PacketChange.NONE : numbers.place(sequence);
    if (placed < 0 || tooLong(headerLength, payloadLength)) {
      return;
    }
    int header =
        header(packet, at, headerLength, payloadType, (int) placed, timestamp, ssrc, change);
    int payload = at + headerLength;
    byte[] from = packet;
    if (renumbered(payloadType, change)) {
      System.arraycopy(packet, payload, scratch.payload, 0, payloadLength);
      formats.number(payloadType, scratch.payload, 0, payloadLength, change);
      from = scratch.payload;
      payload = 0;
    }
    if (padding > 0) {
      RtpPacket.putPadding(scratch.out, Scratch.AT, true);
      from[payload + payloadLength] = (byte) padding;
    }
    lastType = payloadType;
    lastTimestamp = timestamp;
    depart(media.kind(), media, header, from, payload, payloadLength + padding, now);
  }

  @Override
  public void repair(
      byte[] packet,
      int at,
      int headerLength,
      int payloadLength,
      int payloadType,
      long sequence,
      int timestamp,
      PacketChange change,
      long now) {
    int type = formats.repair(payloadType);
    if (repairs.stream() == null || type < 0 || tooLong(headerLength, payloadLength)) {
      return;
    }
    byte[] payload = scratch.payload;
    int length =
        RtxForm.write(
            payload, 0, numbers.placed(sequence), packet, at + headerLength, payloadLength);
    if (renumbered(payloadType, change)) {
      formats.number(payloadType, payload, RtxPayload.HEADER, payloadLength, change);
    }
    for (int copies = departures.twice() ? 2 : 1; copies > 0; copies--) {
      int number = (int) rtx.nextSequence();
      int header = header(packet, at, headerLength, type, number, timestamp, repairSsrc, change);
      depart(PacketKind.RETRANSMISSION, repairs, header, payload, 0, length, now);
    }
  }

  /// Whether padding can be sent: in the stream of retransmissions, which the receiver knows.
  boolean pads() {
    return repairs.stream() != null && lastType != NO_TYPE && formats.repair(lastType) >= 0;
  }

  /// Sends a packet of nothing but padding (RFC 3550, section 5.1; without an original sequence
  /// number, as browsers do).
  ///
  /// @return its octets before it is protected
  int pad(long now) {
    byte[] out = scratch.out;
    int type = formats.repair(lastType);
    int number = (int) rtx.nextSequence();
    RtpPacket.putHeader(out, Scratch.AT, false, type, number, lastTimestamp, repairSsrc);
    RtpPacket.putPadding(out, Scratch.AT, true);
    int header = extensions.write(out, Scratch.AT, !heard);
    depart(PacketKind.PADDING, repairs, header, PADDING, 0, PADDING.length, now);
    return header + PADDING.length;
  }

  /// Whether it fits the scratch buffers with all that may be put around it.
  private static boolean tooLong(int headerLength, int payloadLength) {
    return 2 * headerLength + payloadLength > Scratch.SIZE - 512;
  }

  private boolean renumbered(int payloadType, PacketChange change) {
    return change.payload() && formats.numbered(payloadType);
  }

  private int header(
      byte[] packet,
      int at,
      int headerLength,
      int payloadType,
      int sequence,
      int timestamp,
      int source,
      PacketChange change) {
    byte[] out = scratch.out;
    boolean marker = change.last() || RtpPacket.marker(packet, at);
    RtpPacket.putHeader(out, Scratch.AT, marker, payloadType, sequence, timestamp, source);
    return extensions.write(packet, at, headerLength, out, Scratch.AT, !heard, change);
  }

  private void depart(
      PacketKind as,
      Flow flow,
      int header,
      byte[] payload,
      int payloadAt,
      int payloadLength,
      long now) {
    departures.depart(
        as,
        flow,
        header,
        payload,
        payloadAt,
        payloadLength,
        extensions.sequenceAt(),
        extensions.timeAt(),
        now);
  }
}
