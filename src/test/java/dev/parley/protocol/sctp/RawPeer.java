package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// A peer that says exactly what a test has it say, chunk by chunk, to one association. Its own
/// TSNs begin at 1; those of the association are shown as if they did.
final class RawPeer implements SctpEffects {
  static final long MS = 1_000_000L;
  static final int TAG = 77;

  final List<byte[]> packets = new ArrayList<>();
  final List<SctpEvent> events = new ArrayList<>();
  final List<TestEnd.Message> messages = new ArrayList<>();
  final SctpAssociation association;
  private final PacketWriter writer = new PacketWriter();
  private PacketWriter packet;
  int tag;
  int theirs;
  int mine = 1;
  long now = -5;

  RawPeer() {
    this(SctpLimits.DEFAULT);
  }

  /// The association is DTLS's server.
  RawPeer(SctpLimits limits) {
    SctpKit kit = new SctpKit(new Random(1), new byte[32]);
    association = new SctpAssociation(kit, SctpSetup.of(false, 0), limits, this);
  }

  /// With an association that is up.
  static RawPeer up() {
    return up(SctpLimits.DEFAULT);
  }

  static RawPeer up(SctpLimits limits) {
    RawPeer peer = new RawPeer(limits);
    peer.handshake(100_000, true, true);
    return peer;
  }

  void handshake(int window, boolean forward, boolean reset) {
    byte[] cookie = init(window, forward, reset);
    begin(tag);
    chunk(ChunkType.COOKIE_ECHO, 0, cookie);
    send();
    take();
  }

  /// Sends an INIT and gives the cookie that comes back.
  byte[] init(int window, boolean forward, boolean reset) {
    begin(0);
    chunk(ChunkType.INIT, 0, initBody(TAG, window, mine, forward, reset));
    send();
    byte[] answer = packets.removeLast();
    InitChunk facts = InitChunk.read(answer, PacketReader.HEADER);
    tag = facts.tag();
    theirs = facts.tsn();
    return Arrays.copyOfRange(answer, facts.cookie(), facts.cookie() + facts.cookieLength());
  }

  static byte[] initBody(int tag, int window, int tsn, boolean forward, boolean reset) {
    byte[] body = new byte[24];
    Octets.put32(body, 0, tag);
    Octets.put32(body, 4, window);
    Octets.put16(body, 8, 65_535);
    Octets.put16(body, 10, 65_535);
    Octets.put32(body, 12, tsn);
    Octets.put16(body, 16, ParameterType.SUPPORTED_EXTENSIONS.code());
    Octets.put16(body, 18, 6);
    Octets.put8(body, 20, reset ? 130 : 0);
    Octets.put8(body, 21, forward ? 192 : 0);
    return body;
  }

  RawPeer begin() {
    return begin(tag);
  }

  RawPeer begin(int withTag) {
    packet = writer.begin(5000, 5000, withTag, 1400);
    return this;
  }

  RawPeer chunk(ChunkType type, int flags, byte[] body) {
    int at = packet.chunk(type, flags, body.length);
    System.arraycopy(body, 0, packet.octets(), at, body.length);
    return this;
  }

  /// A chunk of a type nobody knows.
  RawPeer strange(int code) {
    int at = packet.chunk(ChunkType.PAD, 0, 4);
    Octets.put8(packet.octets(), at - 4, code);
    return this;
  }

  RawPeer data(int tsn, int flags, int stream, int ssn, int protocol, byte[] octets) {
    byte[] body = new byte[12 + octets.length];
    Octets.put32(body, 0, mine + tsn - 1);
    Octets.put16(body, 4, stream);
    Octets.put16(body, 6, ssn);
    Octets.put32(body, 8, protocol);
    System.arraycopy(octets, 0, body, 12, octets.length);
    return chunk(ChunkType.DATA, flags, body);
  }

  /// A text in one chunk, ordered.
  RawPeer text(int tsn, int stream, int ssn, String text) {
    return data(tsn, 3, stream, ssn, 51, text.getBytes(StandardCharsets.UTF_8));
  }

  /// A DATA_CHANNEL_OPEN of a reliable channel.
  RawPeer opening(int tsn, int stream) {
    return data(tsn, 3, stream, 0, 50, Dcep.open(ChannelParameters.reliable("raw")));
  }

  /// @param gaps start and end of each block
  RawPeer sack(int cumulative, int window, int... gaps) {
    byte[] body = new byte[12 + 2 * gaps.length];
    Octets.put32(body, 0, theirs + cumulative - 1);
    Octets.put32(body, 4, window);
    Octets.put16(body, 8, gaps.length / 2);
    for (int i = 0; i < gaps.length; i++) {
      Octets.put16(body, 12 + 2 * i, gaps[i]);
    }
    return chunk(ChunkType.SACK, 0, body);
  }

  /// @param streams a stream and its SSN, each
  RawPeer forward(int cumulative, int... streams) {
    byte[] body = new byte[4 + 2 * streams.length];
    Octets.put32(body, 0, mine + cumulative - 1);
    for (int i = 0; i < streams.length; i++) {
      Octets.put16(body, 4 + 2 * i, streams[i]);
    }
    return chunk(ChunkType.FORWARD_TSN, 0, body);
  }

  RawPeer reset(int sequence, int lastTsn, int... streams) {
    byte[] body = new byte[16 + 2 * streams.length];
    Octets.put16(body, 0, 13);
    Octets.put16(body, 2, body.length);
    Octets.put32(body, 4, mine + sequence - 1);
    Octets.put32(body, 8, 0);
    Octets.put32(body, 12, mine + lastTsn - 1);
    for (int i = 0; i < streams.length; i++) {
      Octets.put16(body, 16 + 2 * i, streams[i]);
    }
    return chunk(ChunkType.RE_CONFIG, 0, body);
  }

  RawPeer response(int sequence, ResetResult result) {
    byte[] body = new byte[12];
    Octets.put16(body, 0, 16);
    Octets.put16(body, 2, 12);
    Octets.put32(body, 4, theirs + sequence - 1);
    Octets.put32(body, 8, result.code());
    return chunk(ChunkType.RE_CONFIG, 0, body);
  }

  void send() {
    packet.finish();
    association.receive(Arrays.copyOf(packet.octets(), packet.length()), 0, packet.length(), now);
  }

  /// Lets time pass to the association's next deadline and on.
  void pass(long nanos) {
    long end = now + nanos;
    for (long next = association.deadline();
        next != SctpAssociation.NEVER && next - end <= 0;
        next = association.deadline()) {
      now = next - now > 0 ? next : now;
      association.tick(now);
    }
    now = end;
  }

  /// The packets sent since the last time, as text.
  List<List<String>> take() {
    List<List<String>> taken =
        packets.stream().map(sent -> PacketText.of(sent, theirs, mine)).toList();
    packets.clear();
    return taken;
  }

  @Override
  public void transmit(byte[] octets, int at, int length) {
    packets.add(Arrays.copyOfRange(octets, at, at + length));
  }

  @Override
  public void message(int channel, boolean binary, byte[] octets, int at, int length) {
    messages.add(new TestEnd.Message(channel, binary, Arrays.copyOfRange(octets, at, at + length)));
  }

  @Override
  public void happened(SctpEvent event) {
    events.add(event);
  }

  List<String> texts() {
    return messages.stream().map(TestEnd.Message::text).toList();
  }
}
