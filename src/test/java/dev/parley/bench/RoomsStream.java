package dev.parley.bench;

import dev.parley.protocol.rtcp.NtpTime;
import dev.parley.protocol.rtcp.RtcpWriter;
import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.rtp.RtxPayload;
import dev.parley.protocol.rtp.Unwrapper;
import dev.parley.protocol.rtp.Vp8Descriptor;
import dev.parley.protocol.srtp.SrtpReceiver;
import java.util.concurrent.atomic.AtomicInteger;

/// One track that a member receives: whether it is whole, whose it is, and what a browser would
/// complain of. Confined to the media thread.
///
/// Sequence numbers, marks and times are read of every packet; some are decrypted (see
/// [RoomsRow#sample]).
final class RoomsStream {
  private static final long NONE = Long.MIN_VALUE;
  private static final int PENDING = 64;

  /// Stands for the number of a publisher who is not of the crowd.
  static final int GUEST = -1;

  /// A lost packet is asked for so often, so far apart, then given up.
  private static final int ASKS = 5;

  private static final long ASK_AGAIN = 60_000_000L;
  private static final long PLI_AGAIN = 1_000_000_000L;

  private final RoomsSdp.Incoming incoming;
  private final AtomicInteger publisher;
  private final int sample;
  private final boolean film;
  private final RoomsFigures figures;
  private final Unwrapper sequences = Unwrapper.ofSequences();
  private final long[] missing = new long[PENDING];
  private final int[] asks = new int[PENDING];
  private final long[] askedAt = new long[PENDING];
  private int missingCount;
  private long first = NONE;
  private long received;
  private long toldExpected;
  private long toldReceived;
  private double jitter;
  private long lastTransit;
  private int lastSr;
  private long lastSrAt;
  private boolean keyed;
  private long pliAt;
  private boolean broken;
  private int picture = -1;
  private int tl0 = -1;
  private int timestamp;
  private boolean timed;
  private long frameAt;

  /// Frames, of audio packets, since the last look.
  int frames;

  /// Whether it should have brought some between the last two looks, and did not.
  boolean silent;

  /// Whether a key frame is to be asked for.
  boolean wantsKey;

  /// Whether its receiver has it among those of which something came.
  boolean moving;

  /// @param publisher who should be heard, once that is known
  /// @param film whether those of the crowd send pictures, with a mark behind each
  RoomsStream(
      RoomsSdp.Incoming incoming,
      AtomicInteger publisher,
      int sample,
      boolean film,
      RoomsFigures figures) {
    this.film = film;
    this.incoming = incoming;
    this.publisher = publisher;
    this.sample = sample;
    this.figures = figures;
    this.keyed = !incoming.video();
  }

  RoomsSdp.Incoming incoming() {
    return incoming;
  }

  /// Takes a packet of the stream itself; hot.
  void take(SrtpReceiver srtp, byte[] octets, int length, byte[] plain, long arrived) {
    long sequence = sequences.peek(RtpPacket.sequence(octets, 0));
    boolean newest = first == NONE || sequence > sequences.highest();
    if (newest) {
      gap(sequence);
      sequences.unwrap(RtpPacket.sequence(octets, 0));
    } else if (!found(sequence)) {
      figures.duplicates++;
      return;
    }
    received++;
    jitter(octets, arrived);
    if (newest) {
      frame(octets, arrived);
    }
    if (!keyed || sample == 1 || received <= 20 || sequence % sample == 0) {
      look(srtp, octets, length, plain, arrived, newest);
    }
  }

  /// Takes a retransmission.
  void repair(SrtpReceiver srtp, byte[] octets, int length, byte[] plain) {
    int header = RtpPacket.headerLength(octets, 0, length);
    int total = header < 0 ? -1 : srtp.unprotect(octets, 0, length, header, plain, 0);
    int payload = total < 0 ? -1 : RtpPacket.payloadLength(plain, 0, total);
    if (payload < 0) {
      figures.wrong++;
    } else if (payload >= RtxPayload.HEADER) {
      int original = RtxPayload.originalSequence(plain, header, payload);
      if (found(sequences.peek(original))) {
        received++;
        figures.repaired++;
      }
    } else {
      figures.padding++;
    }
  }

  private void gap(long sequence) {
    if (first == NONE) {
      first = sequence;
      return;
    }
    long from = Math.max(sequences.highest() + 1, sequence - PENDING);
    broken |= sequence > sequences.highest() + 1;
    for (long one = from; one < sequence && missingCount < PENDING; one++) {
      missing[missingCount] = one;
      asks[missingCount] = 0;
      askedAt[missingCount++] = 0;
    }
  }

  private boolean found(long sequence) {
    for (int i = 0; i < missingCount; i++) {
      if (missing[i] == sequence) {
        remove(i);
        return true;
      }
    }
    return false;
  }

  private void remove(int i) {
    missingCount--;
    System.arraycopy(missing, i + 1, missing, i, missingCount - i);
    System.arraycopy(asks, i + 1, asks, i, missingCount - i);
    System.arraycopy(askedAt, i + 1, askedAt, i, missingCount - i);
  }

  private void jitter(byte[] octets, long arrived) {
    long clock = incoming.video() ? 90_000 : 48_000;
    long transit =
        arrived / 1_000 * clock / 1_000_000 - (RtpPacket.timestamp(octets, 0) & 0xffff_ffffL);
    if (received > 1) {
      double difference = Math.abs((int) (transit - lastTransit));
      jitter += (difference - jitter) / 16;
    }
    lastTransit = transit;
  }

  private void frame(byte[] octets, long arrived) {
    if (incoming.video() && !RtpPacket.marker(octets, 0)) {
      return;
    }
    if (!broken || !incoming.video()) {
      frames++;
      if (frameAt != 0) {
        figures.pause(incoming.video(), arrived - frameAt);
      }
      frameAt = arrived;
    }
    broken = false;
  }

  private void look(
      SrtpReceiver srtp, byte[] octets, int length, byte[] plain, long arrived, boolean newest) {
    int header = RtpPacket.headerLength(octets, 0, length);
    int total = header < 0 ? -1 : srtp.unprotect(octets, 0, length, header, plain, 0);
    int payload = total < 0 ? -1 : RtpPacket.payloadLength(plain, 0, total);
    if (payload == 0) {
      figures.padding++;
      return;
    }
    int mark = incoming.video() ? RoomsPayload.VP8_AT : RoomsPayload.OPUS_AT;
    boolean strange = publisher.get() == GUEST;
    if (strange || film && incoming.video() && !RtpPacket.marker(octets, 0)) {
      // a guest's, or a part of a picture that the mark is not in
      keyed |= incoming.video() && Vp8Descriptor.keyFrame(plain, header, payload);
      return;
    }
    int at = film && incoming.video() ? RoomsPayload.markAt(header, payload) : header + mark;
    figures.looked++;
    if (payload < at - header + RoomsPayload.LENGTH
        || !RoomsPayload.sound(plain, at, payload)
        || RoomsPayload.publisher(plain, at) != publisher.get()) {
      figures.wrong++;
      return;
    }
    figures.delay(arrived - RoomsPayload.sent(plain, at));
    if (incoming.video()) {
      figures.layers[RoomsPayload.encoding(plain, at)]++;
      keyed |= Vp8Descriptor.keyFrame(plain, header, payload);
      if (sample == 1 && newest) {
        order(plain, header);
      }
    }
  }

  // Of a stream that is wholly looked at: picture ids, TL0PICIDX and timestamps go on.
  private void order(byte[] plain, int header) {
    int time = RtpPacket.timestamp(plain, 0);
    if (timed && time == timestamp) {
      return;
    }
    int id = Vp8Descriptor.pictureId(plain, header);
    int base = Vp8Descriptor.tl0PicIdx(plain, header);
    boolean steps = Vp8Descriptor.temporalLayer(plain, header) == 0;
    if (timed && !broken && missingCount == 0) {
      figures.pictureGaps += id == (picture + 1 & 0x7fff) ? 0 : 1;
      figures.tl0Gaps += base == (steps ? tl0 + 1 & 0xff : tl0) ? 0 : 1;
      figures.timeJumps += time - timestamp > 0 && time - timestamp < 180_000 ? 0 : 1;
    }
    timed = true;
    timestamp = time;
    picture = id;
    tl0 = base;
  }

  /// Whether nothing is to be asked for until something comes.
  boolean content() {
    return missingCount == 0 && !wantsKey && (keyed || received == 0);
  }

  /// Asks for what is missing; every few milliseconds.
  ///
  /// @return whether anything was written
  boolean ask(RtcpWriter into, int own, int[] scratch, long now) {
    wantsKey |= !keyed && received > 0;
    boolean written = false;
    if (wantsKey && now - pliAt > PLI_AGAIN) {
      pliAt = now;
      wantsKey = false;
      figures.plis++;
      written = into.pli(own, incoming.ssrc());
    }
    int count = 0;
    for (int i = 0; i < missingCount; i++) {
      if (now - askedAt[i] < ASK_AGAIN && asks[i] > 0) {
        continue;
      }
      if (asks[i] == ASKS || incoming.repair() == 0) {
        if (incoming.video()) {
          figures.lost++;
        } else {
          figures.audioLost++;
        }
        wantsKey |= incoming.video();
        remove(i--);
        continue;
      }
      asks[i]++;
      askedAt[i] = now;
      scratch[count++] = (int) missing[i] & 0xffff;
    }
    if (count > 0) {
      figures.nacks++;
      written |= into.nack(own, incoming.ssrc(), scratch, 0, count) > 0;
    }
    return written;
  }

  /// Nobody asks twice before a first answer may have come.
  void senderReport(long ntp, long now) {
    lastSr = NtpTime.middle(ntp);
    lastSrAt = now;
  }

  /// Writes a report block; false where there is no room.
  boolean report(RtcpWriter into, long now) {
    if (first == NONE) {
      return true;
    }
    long expected = sequences.highest() - first + 1;
    long interval = expected - toldExpected;
    long lost = interval - (received - toldReceived);
    int fraction = interval <= 0 || lost <= 0 ? 0 : (int) Math.min(255, lost * 256 / interval);
    toldExpected = expected;
    toldReceived = received;
    return into.reportBlock(
        incoming.ssrc(),
        fraction,
        (int) (expected - received),
        (int) sequences.highest(),
        (int) jitter,
        lastSr,
        lastSr == 0 ? 0 : NtpTime.delay(now - lastSrAt));
  }
}
