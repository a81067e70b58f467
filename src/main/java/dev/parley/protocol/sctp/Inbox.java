package dev.parley.protocol.sctp;

import java.util.Arrays;

/// What comes from the peer: chunks become messages, told in order or as soon as they are whole
/// (RFC 9260, sections 6.2, 6.5, 6.6 and 6.9; RFC 3758, section 3.6).
///
/// In the order of TSNs every message is the next one of its stream, because a sender gives both
/// numbers at once. So what comes in order needs no look at the SSN; this is for chunks that have
/// come too early, whose message need not wait where only another stream's is missing.
final class Inbox {
  private static final int PACKETS_A_SACK = 2;

  private final Endpoint end;
  private final DataChannels channels;
  private final Arrivals arrivals;
  private final Assembly assembly;
  private boolean sackNow;
  private int packets;
  private boolean dataInPacket;
  // While back-pressure is on: how much was promised before and is still taken; otherwise -1.
  private int grace = -1;

  Inbox(Endpoint end, DataChannels channels, int peerTsn) {
    this.end = end;
    this.channels = channels;
    this.arrivals = new Arrivals(peerTsn - 1);
    this.assembly = new Assembly(end.kit, end.limits.message());
  }

  int cumulative() {
    return arrivals.cumulative();
  }

  /// a_rwnd: what the peer may send beyond what is acknowledged, octets.
  int window() {
    return grace >= 0 ? 0 : free();
  }

  private int free() {
    return Math.max(end.limits.receiveWindow() - arrivals.held() - assembly.length(), 0);
  }

  /// Octets of the peer that are kept here.
  int held() {
    return arrivals.held() + assembly.length();
  }

  void receiving(boolean on) {
    if (on && grace >= 0) {
      grace = -1;
      sackNow = true;
    } else if (!on && grace < 0) {
      grace = free();
      sackNow = true;
    }
  }

  /// @param chunk index of a DATA that was checked and has user data
  void data(byte[] octets, int chunk) {
    int tsn = DataChunk.tsn(octets, chunk);
    int flags = PacketReader.flags(octets, chunk);
    int length = PacketReader.chunkLength(octets, chunk) - DataChunk.HEADER;
    dataInPacket = true;
    sackNow |= (flags & DataChunk.IMMEDIATE) != 0;
    if (arrivals.known(tsn)) {
      arrivals.duplicate(tsn);
      sackNow = true;
    } else if (!fits(tsn, length)) {
      sackNow = true;
    } else if (tsn == arrivals.cumulative() + 1) {
      boolean filled = arrivals.gap();
      arrivals.pass();
      inOrder(octets, chunk + DataChunk.HEADER, length, flags, octets, chunk);
      drain();
      sackNow |= filled;
    } else {
      sackNow = true;
      early(tsn, flags, octets, chunk, length);
    }
  }

  private boolean fits(int tsn, int length) {
    if (grace >= 0) {
      grace -= Math.min(length, grace);
      return grace > 0;
    }
    // The next one in order is always taken: it makes room.
    return tsn == arrivals.cumulative() + 1
        || tsn - arrivals.cumulative() < Arrivals.MOST_AHEAD && length + Arrivals.CHARGE <= free();
  }

  private void inOrder(byte[] octets, int at, int length, int flags, byte[] head, int chunk) {
    inOrder(
        octets,
        at,
        length,
        flags,
        DataChunk.stream(head, chunk),
        DataChunk.ssn(head, chunk),
        DataChunk.protocol(head, chunk));
  }

  private void inOrder(
      byte[] octets, int at, int length, int flags, int stream, int ssn, int protocol) {
    boolean unordered = (flags & DataChunk.UNORDERED) != 0;
    boolean last = (flags & DataChunk.END) != 0;
    if ((flags & DataChunk.BEGIN) != 0) {
      if (last) {
        assembly.drop();
        whole(stream, ssn, unordered, protocol, octets, at, length);
        return;
      }
      assembly.begin(stream, ssn);
    } else if (!assembly.continues(stream, ssn, unordered)) {
      // A part of a message whose beginning was given up, or of none at all.
      end.refused++;
      return;
    }
    assembly.append(octets, at, length);
    if (last) {
      if (assembly.tooLarge()) {
        channels.tooLarge(stream);
        passed(stream, ssn, unordered);
      } else {
        whole(stream, ssn, unordered, protocol, assembly.octets(), 0, assembly.length());
      }
      assembly.drop();
    }
  }

  private void whole(
      int stream, int ssn, boolean unordered, int protocol, byte[] octets, int at, int length) {
    channels.deliver(stream, protocol, octets, at, length);
    passed(stream, ssn, unordered);
  }

  // The message was told, so those behind it may be.
  private void passed(int stream, int ssn, boolean unordered) {
    Channel channel = unordered ? null : channels.of(stream);
    if (channel != null) {
      channel.expectedSsn = ssn + 1 & 0xffff;
      release(channel);
    }
  }

  private void release(Channel channel) {
    while (channel.waiting != null && !end.ended()) {
      Channel.Waiting next = channel.waiting;
      if (Serial.ssnAfter(next.ssn, channel.expectedSsn)) {
        return;
      }
      channel.forgetFirst();
      if (next.ssn == channel.expectedSsn && waits(next)) {
        channel.expectedSsn = next.ssn + 1 & 0xffff;
        tell(next.first, next.last);
      }
    }
  }

  private boolean waits(Channel.Waiting message) {
    Fragment first = arrivals.of(message.first);
    return first != null && !first.told();
  }

  private void drain() {
    while (arrivals.gap() && arrivals.of(arrivals.cumulative() + 1) != null && !end.ended()) {
      passNext();
    }
  }

  private void passNext() {
    Fragment next = arrivals.takeNext();
    if (next == null) {
      assembly.drop();
    } else if (!next.told()) {
      inOrder(next.octets, 0, next.octets.length, next.flags, next.stream, next.ssn, next.protocol);
    }
  }

  private void early(int tsn, int flags, byte[] octets, int chunk, int length) {
    int at = chunk + DataChunk.HEADER;
    Fragment fragment =
        new Fragment(
            flags,
            DataChunk.stream(octets, chunk),
            DataChunk.ssn(octets, chunk),
            DataChunk.protocol(octets, chunk),
            Arrays.copyOfRange(octets, at, at + length));
    arrivals.keep(tsn, fragment);
    int first = arrivals.join(tsn);
    if (first == arrivals.cumulative()) {
      return;
    }
    int last = arrivals.of(first).other;
    if (fragment.unordered()) {
      tell(first, last);
      return;
    }
    Channel channel = channels.of(fragment.stream);
    int ssn = arrivals.of(first).ssn;
    int expected = channel == null ? 0 : channel.expectedSsn;
    if (ssn == expected) {
      tell(first, last);
      passed(fragment.stream, ssn, false);
    } else if (channel != null && Serial.ssnAfter(ssn, expected)) {
      channel.wait(new Channel.Waiting(ssn, first, last));
    }
  }

  // Tells a whole message out of the arrivals; its chunks stay known until they are passed.
  private void tell(int first, int last) {
    Fragment head = arrivals.of(first);
    int length = 0;
    for (int tsn = first; tsn != last + 1; tsn++) {
      length += arrivals.of(tsn).octets.length;
    }
    byte[] octets = head.octets;
    if (first != last && length <= end.limits.message()) {
      octets = end.kit.whole(length);
      int at = 0;
      for (int tsn = first; tsn != last + 1; tsn++) {
        byte[] part = arrivals.of(tsn).octets;
        System.arraycopy(part, 0, octets, at, part.length);
        at += part.length;
      }
    }
    for (int tsn = first; tsn != last + 1; tsn++) {
      arrivals.told(arrivals.of(tsn));
    }
    if (length > end.limits.message()) {
      channels.tooLarge(head.stream);
    } else {
      channels.deliver(head.stream, head.protocol, octets, 0, length);
    }
  }

  /// The peer has given chunks up (RFC 3758, section 3.6).
  ///
  /// @param chunk index of a FORWARD TSN that was checked
  void forward(byte[] octets, int chunk) {
    int to = ForwardTsnChunk.cumulative(octets, chunk);
    dataInPacket = true;
    sackNow = true;
    if (!Serial.after(to, arrivals.cumulative())) {
      return;
    }
    while (arrivals.gap() && Serial.after(to, arrivals.cumulative()) && !end.ended()) {
      passNext();
    }
    if (Serial.after(to, arrivals.cumulative())) {
      arrivals.jump(to);
    }
    assembly.drop();
    for (int i = 0; i < ForwardTsnChunk.streams(octets, chunk) && !end.ended(); i++) {
      skip(ForwardTsnChunk.stream(octets, chunk, i), ForwardTsnChunk.ssn(octets, chunk, i));
    }
    drain();
  }

  private void skip(int stream, int ssn) {
    Channel channel = channels.of(stream);
    if (channel != null && !Serial.ssnAfter(channel.expectedSsn, ssn)) {
      channel.expectedSsn = ssn + 1 & 0xffff;
      release(channel);
    }
  }

  /// A packet was taken whole: when its DATA is acknowledged (RFC 9260, section 6.2).
  ///
  /// @return whether it had any
  boolean packetDone(long now) {
    if (!dataInPacket) {
      return false;
    }
    dataInPacket = false;
    packets++;
    if (packets >= PACKETS_A_SACK || arrivals.gap()) {
      sackNow = true;
    } else if (!sackNow && !end.timers.running(Timer.SACK)) {
      end.timers.set(Timer.SACK, now + end.limits.sackDelay().toNanos());
    }
    return true;
  }

  void sackAtOnce() {
    sackNow = true;
  }

  boolean sackDue() {
    return sackNow;
  }

  /// Whether something is not acknowledged yet, so that a SACK may go along with DATA.
  boolean sackPending() {
    return sackNow || packets > 0;
  }

  void writeSack(PacketWriter out) {
    arrivals.write(out, window());
    sackNow = false;
    packets = 0;
    end.timers.clear(Timer.SACK);
  }
}
