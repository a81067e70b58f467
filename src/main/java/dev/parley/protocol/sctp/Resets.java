package dev.parley.protocol.sctp;

import dev.parley.wire.Octets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The resetting of streams, asked for by either end (RFC 6525, section 5).
final class Resets {
  /// Streams in one request of this end.
  private static final int STREAMS_A_REQUEST = 64;

  /// Answers kept for one flush; a peer that asks for more at one go asks again.
  private static final int ANSWERS = 8;

  private static final int REQUEST_HEADER = 16;
  private static final int RESPONSE = 12;

  private final Endpoint end;
  private final DataChannels channels;
  private final Outbox outbox;
  private final Inbox inbox;
  private final boolean supported;

  // This end's request.
  private final List<Channel> asked = new ArrayList<>();
  private int sequence;
  private int askedTsn;
  private boolean due;

  // The peer's.
  private int expected;
  private ResetResult last = ResetResult.SUCCESS_NOTHING_TO_DO;
  private int[] deferred;
  private int deferredTsn;
  private final int[] answers = new int[2 * ANSWERS];
  private int answerCount;

  /// @param sequence of this end's first request: its first TSN
  /// @param expected of the peer's
  Resets(
      Endpoint end,
      DataChannels channels,
      Outbox outbox,
      Inbox inbox,
      boolean supported,
      int sequence,
      int expected) {
    this.end = end;
    this.channels = channels;
    this.outbox = outbox;
    this.inbox = inbox;
    this.supported = supported;
    this.sequence = sequence;
    this.expected = expected;
  }

  /// @param chunk index of a RE-CONFIG that was checked
  void received(byte[] octets, int chunk) {
    int endOf = chunk + PacketReader.chunkLength(octets, chunk);
    int at = chunk + PacketReader.CHUNK_HEADER;
    for (; at < endOf && !end.ended(); at = ChunkCheck.next(octets, at)) {
      ParameterType type = ParameterType.of(ChunkCheck.type(octets, at));
      if (type == ParameterType.RE_CONFIGURATION_RESPONSE) {
        answered(Octets.u32(octets, at + 4), Octets.u32(octets, at + 8));
      } else if (type == ParameterType.OUTGOING_SSN_RESET_REQUEST) {
        request(octets, at, true);
      } else if (type != null && type.code() >= 14 && type.code() <= 18) {
        request(octets, at, false);
      }
    }
  }

  private void request(byte[] octets, int at, boolean outgoing) {
    int number = Octets.u32(octets, at + 4);
    if (number == expected) {
      expected++;
      last = outgoing ? reset(octets, at) : ResetResult.DENIED;
      answer(number, last);
    } else if (number == expected - 1) {
      answer(number, last);
    } else {
      answer(number, ResetResult.BAD_SEQUENCE_NUMBER);
    }
  }

  private ResetResult reset(byte[] octets, int at) {
    int count = (ChunkCheck.length(octets, at) - REQUEST_HEADER) / 2;
    int[] streams = new int[count];
    for (int i = 0; i < count; i++) {
      streams[i] = Octets.u16(octets, at + REQUEST_HEADER + 2 * i);
    }
    deferred = streams;
    deferredTsn = Octets.u32(octets, at + 12);
    return perform() ? ResetResult.SUCCESS_PERFORMED : ResetResult.IN_PROGRESS;
  }

  // Once all that was sent before the request has come (section 5.2.2).
  private boolean perform() {
    if (Serial.after(deferredTsn, inbox.cumulative())) {
      return false;
    }
    int[] streams = deferred;
    deferred = null;
    if (streams.length == 0) {
      for (Channel channel : channels.all()) {
        channels.resetByPeer(channel);
      }
    }
    for (int stream : streams) {
      Channel channel = channels.of(stream);
      if (channel != null) {
        channels.resetByPeer(channel);
      }
    }
    return true;
  }

  /// More of the peer's DATA has come: a reset may have waited for it.
  void progress() {
    if (deferred != null && perform()) {
      last = ResetResult.SUCCESS_PERFORMED;
      answer(expected - 1, last);
    }
  }

  private void answer(int number, ResetResult result) {
    if (answerCount < answers.length) {
      answers[answerCount++] = number;
      answers[answerCount++] = result.code();
    }
  }

  private void answered(int number, int code) {
    if (asked.isEmpty() || number != sequence) {
      return;
    }
    if (ResetResult.of(code) == ResetResult.IN_PROGRESS) {
      return;
    }
    // A denial is as final as consent: without the channel here, its numbers mean nothing.
    end.timers.clear(Timer.RESET);
    due = false;
    sequence++;
    List<Channel> reset = List.copyOf(asked);
    asked.clear();
    for (Channel channel : reset) {
      channel.nextSsn = 0;
      channels.resetHere(channel);
    }
  }

  /// No answer has come in time.
  void timedOut() {
    due = !asked.isEmpty();
  }

  /// Asks for the channels that are ready.
  void prepare() {
    if (asked.isEmpty() && !channels.toReset().isEmpty()) {
      ask();
    }
  }

  /// Whether there is something to write.
  boolean due() {
    return due || answerCount > 0;
  }

  // All of the channel's messages have a TSN; those that have none yet come first (section 5.1.2).
  private void ask() {
    ArrayDeque<Channel> waiting = channels.toReset();
    for (int left = waiting.size(); left > 0 && asked.size() < STREAMS_A_REQUEST; left--) {
      Channel channel = waiting.remove();
      if (channel.first != null) {
        waiting.add(channel);
      } else if (!supported) {
        channels.drop(channel);
      } else {
        channel.resetting = true;
        asked.add(channel);
      }
    }
    askedTsn = outbox.highest();
    due = !asked.isEmpty();
  }

  /// Writes what fits into a packet that has nothing else but a SACK.
  void write(PacketWriter out, long now) {
    for (int i = 0; i < answerCount; i += 2) {
      int at = out.chunk(ChunkType.RE_CONFIG, 0, RESPONSE);
      parameter(out, at, ParameterType.RE_CONFIGURATION_RESPONSE, RESPONSE);
      Octets.put32(out.octets(), at + 4, answers[i]);
      Octets.put32(out.octets(), at + 8, answers[i + 1]);
    }
    answerCount = 0;
    if (due && out.room() >= PacketReader.CHUNK_HEADER + REQUEST_HEADER + 2 * asked.size() + 2) {
      due = false;
      writeRequest(out);
      end.await(now);
      end.timers.set(Timer.RESET, now + outbox.timeout());
    }
  }

  private void writeRequest(PacketWriter out) {
    int length = REQUEST_HEADER + 2 * asked.size();
    int at = out.chunk(ChunkType.RE_CONFIG, 0, length);
    parameter(out, at, ParameterType.OUTGOING_SSN_RESET_REQUEST, length);
    byte[] octets = out.octets();
    Octets.put32(octets, at + 4, sequence);
    Octets.put32(octets, at + 8, expected - 1);
    Octets.put32(octets, at + 12, askedTsn);
    for (int i = 0; i < asked.size(); i++) {
      Octets.put16(octets, at + REQUEST_HEADER + 2 * i, asked.get(i).id);
    }
  }

  private static void parameter(PacketWriter out, int at, ParameterType type, int length) {
    Octets.put16(out.octets(), at, type.code());
    Octets.put16(out.octets(), at + 2, length);
  }
}
