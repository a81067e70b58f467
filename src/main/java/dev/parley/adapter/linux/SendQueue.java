package dev.parley.adapter.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.parley.adapter.io.FlowCache;
import dev.parley.wire.TransportAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The datagrams a loop has queued, as runs: datagrams of one size, from one socket to one address,
/// which the kernel can take as a single UDP_SEGMENT message.
///
/// A datagram joins the latest run to its destination even if others were queued between them, so a
/// burst that fans out to many receivers packet by packet still makes one message a receiver. Order
/// is kept per destination, which is all that UDP callers can see. Plain arrays of numbers, linked
/// by index: a reference stored for each datagram would have the collector look after it each time.
final class SendQueue {
  /// Datagrams that fit before the queue must be flushed.
  static final int SLOTS = 256;

  /// Datagrams whose octets are still in the core's cache when the kernel copies them, and for each
  /// of which a call to the kernel costs little.
  private static final int ENOUGH = 64;

  /// The kernel takes 64 segments at least since 4.18 and 64 KiB with headers.
  private static final int RUN_DATAGRAMS = 44;

  /// Larger ones would not fit a segment of Ethernet, IPv6 and UDP (1500 - 40 - 8).
  private static final int SEGMENT_OCTETS = 1452;

  private static final int SLOT_OCTETS = 2048;
  private static final int LARGE_OCTETS = 64 * 1024;
  private static final int RECENT = 1024;

  final MemorySegment payload;
  final int[] length = new int[SLOTS];
  private final int[] offset = new int[SLOTS];
  final int[] nextSlot = new int[SLOTS];

  final long[] high = new long[SLOTS];
  final long[] low = new long[SLOTS];
  final int[] port = new int[SLOTS];
  final int[] datagrams = new int[SLOTS];
  final int[] firstSlot = new int[SLOTS];
  final int[] nextRun = new int[SLOTS];
  private final int[] fd = new int[SLOTS];
  private final int[] lastSlot = new int[SLOTS];
  private final boolean[] open = new boolean[SLOTS];

  // The latest run whose destination has this hash; checked before use, so it may be stale.
  private final int[] recent = new int[RECENT];
  private int slots;
  private int runs;
  private int room;

  SendQueue(Arena arena) {
    // Each stands right behind the one before. Behind them all is room for one of any size; whoever
    // uses it flushes at once.
    this.payload = arena.allocate((long) SLOTS * SLOT_OCTETS + LARGE_OCTETS, 4096);
  }

  /// Whether it should be flushed before a datagram: a run is not cut for that.
  boolean full(LinuxUdpSocket from, TransportAddress to, int octetCount) {
    return slots >= ENOUGH && (slots == SLOTS || !joins(recent[place(to)], from, to, octetCount));
  }

  private static int place(TransportAddress to) {
    return FlowCache.hash(to.high(), to.low(), to.port()) & RECENT - 1;
  }

  static boolean large(int length) {
    return length > SLOT_OCTETS;
  }

  /// Copies a datagram in; answers the run it began, or -1 where it joined one.
  int add(LinuxUdpSocket from, byte[] octets, int at, int octetCount, TransportAddress to) {
    int slot = slots++;
    length[slot] = octetCount;
    offset[slot] = room;
    room += octetCount;
    nextSlot[slot] = -1;
    MemorySegment.copy(octets, at, payload, JAVA_BYTE, offset[slot], octetCount);
    int place = place(to);
    int run = recent[place];
    if (joins(run, from, to, octetCount)) {
      nextSlot[lastSlot[run]] = slot;
      lastSlot[run] = slot;
      datagrams[run]++;
      // Only the last segment may be shorter.
      open[run] = octetCount == length[firstSlot[run]] && datagrams[run] < RUN_DATAGRAMS;
      return -1;
    }
    recent[place] = runs;
    return begin(from, to, slot);
  }

  private int begin(LinuxUdpSocket from, TransportAddress to, int slot) {
    int run = runs++;
    fd[run] = from.fd();
    high[run] = to.high();
    low[run] = to.low();
    port[run] = to.port();
    datagrams[run] = 1;
    firstSlot[run] = slot;
    lastSlot[run] = slot;
    nextRun[run] = -1;
    open[run] = from.segments() && length[slot] > 0 && length[slot] <= SEGMENT_OCTETS;
    return run;
  }

  private boolean joins(int run, LinuxUdpSocket from, TransportAddress to, int octetCount) {
    return run < runs
        && open[run]
        && fd[run] == from.fd()
        && octetCount > 0
        && octetCount <= length[firstSlot[run]]
        && low[run] == to.low()
        && port[run] == to.port()
        && high[run] == to.high();
  }

  /// Where the octets of a slot begin in [#payload].
  int offset(int slot) {
    return offset[slot];
  }

  void clear() {
    slots = 0;
    runs = 0;
    room = 0;
  }
}
