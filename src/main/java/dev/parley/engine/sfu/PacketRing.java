package dev.parley.engine.sfu;

import dev.parley.protocol.rtp.RtpPacket;
import dev.parley.protocol.rtp.Unwrapper;
import java.time.Duration;
import java.util.Arrays;

/// The latest packets of one incoming RtpStream (RFC 7656 section 2.1.10) in the clear, shared by
/// all its subscriptions.
///
/// Confined to the loop of the room. A packet is written in place: [#reserve] names a slot, SRTP
/// decrypts into [#octets] from [#at] on, [#commit] registers what stands there. A slot that was
/// reserved and never committed is reserved again, so what fails authentication pushes nobody out.
/// A slot's number, its octets and its facts are valid until [#commit] has come round the ring.
///
/// Slots are handed out in the order of arrival and found by sequence number through an index, so
/// no jump of sequence numbers makes more than one packet be forgotten. The ring begins small and
/// grows, up to its capacity, whenever it would else overwrite a packet younger than `keep`: what a
/// stream costs follows its packet rate.
public final class PacketRing {
  /// No slot, or no sequence number.
  public static final int NONE = -1;

  /// What [#commit] says of a packet that is not RTP or longer than [#room].
  public static final int MALFORMED = -2;

  /// What [#commit] says of a packet that the ring already holds.
  public static final int DUPLICATE = -3;

  /// What [#commit] says of a packet that is older than the ring reaches back.
  public static final int LATE = -4;

  private static final int CHUNK = 16;
  private static final int ROOM = 1536;

  private final int capacity;
  private final long keep;
  private final byte[][] chunks;
  private final long[] sequence;
  private final long[] arrival;
  private final int[] timestamp;
  private final short[] headerLength;
  private final short[] payloadLength;
  private final short[] index;
  private final Unwrapper unwrapper = Unwrapper.ofSequences();
  private final KeyFrames keyFrames = new KeyFrames(this);
  private long base = 1 << 16;
  private int slots;
  private int free;

  /// @param capacity slots at most, a multiple of 16, at most 16384
  /// @param keep how long a packet is kept where the capacity allows it
  public PacketRing(int capacity, Duration keep) {
    if (capacity < CHUNK || capacity > 16384 || capacity % CHUNK != 0) {
      throw new IllegalArgumentException("capacity " + capacity);
    }
    this.capacity = capacity;
    this.keep = keep.toNanos();
    chunks = new byte[capacity / CHUNK][];
    sequence = new long[capacity];
    arrival = new long[capacity];
    timestamp = new int[capacity];
    headerLength = new short[capacity];
    payloadLength = new short[capacity];
    index = new short[2 * Integer.highestOneBit(2 * capacity - 1)];
    Arrays.fill(sequence, NONE);
    grow();
  }

  /// For video: two seconds at 256 packets a second, less of faster streams. Two seconds hold a
  /// retransmission over any usable path and, often, the last key frame.
  public static PacketRing forVideo() {
    return new PacketRing(512, Duration.ofSeconds(2));
  }

  /// For audio: a second at the usual 50 packets a second.
  public static PacketRing forAudio() {
    return new PacketRing(64, Duration.ofSeconds(1));
  }

  /// The slot that the next packet is to be written to; the same until [#commit] has taken it.
  public int reserve() {
    return free;
  }

  /// The buffer a slot lies in.
  public byte[] octets(int slot) {
    return chunks[slot / CHUNK];
  }

  /// Index of a slot's first octet in [#octets].
  public int at(int slot) {
    return slot % CHUNK * ROOM;
  }

  /// Octets a slot has room for.
  public int room() {
    return ROOM;
  }

  /// Registers the packet in the reserved slot.
  ///
  /// @param length octets of the packet, header included
  /// @param now when it arrived
  /// @return its slot; or [#MALFORMED], [#DUPLICATE] or [#LATE], and the slot stays reserved
  public int commit(int length, long now) {
    int slot = free;
    byte[] octets = octets(slot);
    int at = at(slot);
    int payload = length <= ROOM ? RtpPacket.payloadLength(octets, at, length) : MALFORMED;
    if (payload < 0) {
      return MALFORMED;
    }
    int number = RtpPacket.sequence(octets, at);
    long extended = base + unwrapper.peek(number);
    if (unwrapper.started() && highest() - extended >= index.length) {
      return LATE;
    }
    if (find(extended) != NONE) {
      return DUPLICATE;
    }
    unwrapper.unwrap(number);
    sequence[slot] = extended;
    arrival[slot] = now;
    timestamp[slot] = RtpPacket.timestamp(octets, at);
    headerLength[slot] = (short) RtpPacket.headerLength(octets, at, length);
    payloadLength[slot] = (short) payload;
    index[(int) extended & index.length - 1] = (short) slot;
    advance(now);
    return slot;
  }

  /// The slot of a packet by its extended sequence number, or [#NONE].
  public int find(long extended) {
    int slot = index[(int) extended & index.length - 1];
    return sequence[slot] == extended && extended != NONE ? slot : NONE;
  }

  /// The slot of a packet that arrived no longer than `age` nanoseconds ago, or [#NONE].
  public int find(long extended, long age, long now) {
    int slot = find(extended);
    return slot != NONE && now - arrival[slot] <= age ? slot : NONE;
  }

  /// Whether a 16-bit number is of a packet older than the highest that the ring does not hold. To
  /// be asked before an unwrapped retransmission is committed: its number is what the publisher
  /// says, and must not make the stream jump.
  public boolean missing(int number) {
    return unwrapper.started() && extend(number) < highest() && find(extend(number)) == NONE;
  }

  /// The extended sequence number a 16-bit one stands for: the one nearest to the highest.
  public long extend(int number) {
    return base + unwrapper.peek(number);
  }

  /// The highest extended sequence number so far, or [#NONE] before the first packet; extended
  /// numbers are never negative and the lowest 16 bits are the number in the packet.
  public long highest() {
    return unwrapper.started() ? base + unwrapper.highest() : NONE;
  }

  /// Extended sequence number of a slot's packet.
  public long sequence(int slot) {
    return sequence[slot];
  }

  /// When a slot's packet arrived.
  public long arrival(int slot) {
    return arrival[slot];
  }

  public int timestamp(int slot) {
    return timestamp[slot];
  }

  public boolean marker(int slot) {
    return RtpPacket.marker(octets(slot), at(slot));
  }

  public int payloadType(int slot) {
    return RtpPacket.payloadType(octets(slot), at(slot));
  }

  /// Octets in front of the payload.
  public int headerLength(int slot) {
    return headerLength[slot];
  }

  /// Octets of the payload without padding; 0 in a packet of padding alone.
  public int payloadLength(int slot) {
    return payloadLength[slot];
  }

  /// Index of the payload's first octet in [#octets].
  public int payloadAt(int slot) {
    return at(slot) + headerLength[slot];
  }

  /// Notes that a slot's packet begins or belongs to the beginning of a key frame (an H.264 key
  /// frame has several such packets, one timestamp).
  public void keyFrame(int slot) {
    keyFrames.note(sequence[slot], timestamp[slot]);
  }

  /// Extended sequence number of the first packet of the last key frame of which nothing is missing
  /// up to its end or to the highest packet, or [#NONE]; see [FastStart].
  public long lastKeyFrame() {
    return keyFrames.last();
  }

  /// Forgets all packets: the publisher begins anew with the same SSRC. Extended sequence numbers
  /// go on above all earlier ones.
  public void restart() {
    base = (highest() >> 16) + 2 << 16;
    unwrapper.restart();
    keyFrames.forget();
    Arrays.fill(sequence, NONE);
  }

  /// Slots there may be: every slot's number is below it.
  int capacity() {
    return capacity;
  }

  /// Slots there are by now.
  int slots() {
    return slots;
  }

  private void advance(long now) {
    int next = free + 1;
    if (next == slots) {
      // The one moment the ring can grow: behind the newest packet stands the oldest, in slot 0.
      if (slots < capacity && sequence[0] != NONE && now - arrival[0] < keep) {
        grow();
      } else {
        next = 0;
      }
    }
    free = next;
    sequence[next] = NONE;
  }

  private void grow() {
    chunks[slots / CHUNK] = new byte[CHUNK * ROOM];
    slots += CHUNK;
  }
}
