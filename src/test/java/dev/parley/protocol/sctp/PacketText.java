package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The chunks of a packet as text, so that tests can say what they expect.
final class PacketText {
  private PacketText() {}

  /// @param zero the sender's TSN that is shown as 1
  /// @param other the receiver's
  static List<String> of(byte[] packet, int zero, int other) {
    if (PacketReader.check(packet, 0, packet.length) != SctpRefusal.NONE) {
      throw new AssertionError("refused " + HexFormat.of().formatHex(packet));
    }
    List<String> chunks = new ArrayList<>();
    int at = PacketReader.HEADER;
    for (; at < packet.length; at = PacketReader.next(packet, at)) {
      chunks.add(chunk(packet, at, zero - 1, other - 1));
    }
    return chunks;
  }

  private static String chunk(byte[] packet, int at, int zero, int other) {
    ChunkType type = ChunkType.of(PacketReader.chunkCode(packet, at));
    int flags = PacketReader.flags(packet, at);
    return switch (type) {
      case DATA ->
          "DATA %s%d stream %d ssn %d ppid %d length %d"
              .formatted(
                  ((flags & DataChunk.IMMEDIATE) != 0 ? "I" : "")
                      + ((flags & DataChunk.UNORDERED) != 0 ? "U" : "")
                      + ((flags & DataChunk.BEGIN) != 0 ? "B" : "")
                      + ((flags & DataChunk.END) != 0 ? "E " : " "),
                  DataChunk.tsn(packet, at) - zero,
                  DataChunk.stream(packet, at),
                  DataChunk.ssn(packet, at),
                  DataChunk.protocol(packet, at),
                  PacketReader.chunkLength(packet, at) - DataChunk.HEADER);
      case SACK -> sack(packet, at, other);
      case FORWARD_TSN -> forward(packet, at, zero);
      case RE_CONFIG -> reset(packet, at, zero, other);
      case ABORT, ERROR -> type + causes(packet, at);
      case SHUTDOWN -> "SHUTDOWN " + (Octets.u32(packet, at + 4) - other);
      default -> type.toString();
    };
  }

  private static String sack(byte[] packet, int at, int other) {
    StringBuilder text = new StringBuilder("SACK " + (SackChunk.cumulative(packet, at) - other));
    for (int gap = 0; gap < SackChunk.gaps(packet, at); gap++) {
      text.append(" gap ").append(SackChunk.start(packet, at, gap));
      text.append("-").append(SackChunk.end(packet, at, gap));
    }
    int duplicates = at + SackChunk.HEADER + 4 * SackChunk.gaps(packet, at);
    for (int i = 0; i < SackChunk.duplicates(packet, at); i++) {
      text.append(" twice ").append(Octets.u32(packet, duplicates + 4 * i) - other);
    }
    return text.toString();
  }

  private static String forward(byte[] packet, int at, int zero) {
    StringBuilder text =
        new StringBuilder("FORWARD_TSN " + (ForwardTsnChunk.cumulative(packet, at) - zero));
    for (int i = 0; i < ForwardTsnChunk.streams(packet, at); i++) {
      text.append(" stream ").append(ForwardTsnChunk.stream(packet, at, i));
      text.append(" ssn ").append(ForwardTsnChunk.ssn(packet, at, i));
    }
    return text.toString();
  }

  private static String reset(byte[] packet, int at, int zero, int other) {
    int parameter = at + PacketReader.CHUNK_HEADER;
    ParameterType type = ParameterType.of(ChunkCheck.type(packet, parameter));
    if (type == ParameterType.RE_CONFIGURATION_RESPONSE) {
      return "RE_CONFIG response %d %s"
          .formatted(
              Octets.u32(packet, parameter + 4) - other,
              ResetResult.of(Octets.u32(packet, parameter + 8)));
    }
    StringBuilder text = new StringBuilder("RE_CONFIG request ");
    text.append(Octets.u32(packet, parameter + 4) - zero);
    text.append(" last ").append(Octets.u32(packet, parameter + 12) - zero).append(" streams");
    int end = parameter + ChunkCheck.length(packet, parameter);
    for (int stream = parameter + 16; stream < end; stream += 2) {
      text.append(' ').append(Octets.u16(packet, stream));
    }
    return text.toString();
  }

  private static String causes(byte[] packet, int at) {
    int end = at + PacketReader.chunkLength(packet, at);
    StringBuilder text = new StringBuilder();
    for (int cause = at + 4; cause < end; cause = ChunkCheck.next(packet, cause)) {
      text.append(' ').append(ChunkCheck.type(packet, cause));
    }
    return text.toString();
  }
}
