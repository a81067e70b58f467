package dev.parley.adapter;

import dev.parley.adapter.io.StreamSocket;
import dev.parley.media.Counter;
import dev.parley.wire.FiveTuple;
import dev.parley.wire.TransportAddress;
import java.io.IOException;

/// One TCP connection: cuts what arrives into frames for the engine, queues what the engine sends.
final class StreamConnection implements StreamSocket.Handler {
  private static final byte[] NOTHING = {};

  private final Streams streams;
  private final StreamSocket socket;
  private final EngineHost<?> host;
  private final StreamOutput output;
  private byte[] partial = NOTHING;
  private int partialLength;
  private boolean open = true;
  private boolean framed;
  private boolean inputEnded;
  private boolean wantsWrite;
  private boolean dirty;
  private boolean cutting;
  private StreamTaker taker;
  private DetachedStream detached;
  private boolean settled;
  private TransportAddress source;
  private long lastHeard;

  StreamConnection(Streams streams, StreamSocket socket, EngineHost<?> host) {
    this.streams = streams;
    this.socket = socket;
    this.host = host;
    this.output = new StreamOutput(streams.limits().outputOctets());
    this.lastHeard = streams.loop().now();
  }

  FiveTuple path() {
    return socket.path();
  }

  /// Whom the connection counts for.
  TransportAddress source() {
    return source;
  }

  void source(TransportAddress other) {
    source = other;
  }

  /// Whether its path stands and the engine may hear of it.
  boolean settled() {
    return settled;
  }

  @Override
  public void readable() {
    if (detached != null) {
      detached.readable();
      return;
    }
    if (!open || inputEnded) {
      flush();
      return;
    }
    byte[] scratch = streams.scratch();
    System.arraycopy(partial, 0, scratch, 0, partialLength);
    int taken;
    try {
      taken = socket.read(scratch, partialLength, scratch.length - partialLength);
    } catch (IOException e) {
      close();
      return;
    }
    if (taken < 0) {
      end();
    } else if (taken > 0 && settle()) {
      frames(scratch, partialLength + taken);
    }
  }

  // Only with the first octets is it told whose connection this is.
  private boolean settle() {
    if (!settled) {
      settled = streams.settle(this);
      if (!settled) {
        close();
      }
    }
    return settled;
  }

  private void frames(byte[] octets, int end) {
    int at = 0;
    cutting = true;
    while (open && taker == null && at < end) {
      int frame = host.service().framer().frameLength(octets, at, end - at);
      if (frame < 0 || frame > Framer.MAXIMUM || frame == Framer.MORE && full(end - at)) {
        streams.loop().tally().count(Counter.INPUT_MALFORMED);
        close();
        break;
      }
      if (frame == Framer.MORE || frame > end - at) {
        break;
      }
      heard();
      host.intake().receive(octets, at, frame, socket.path());
      at += frame;
    }
    cutting = false;
    keep(octets, at, end - at);
    if (taker != null) {
      handOver();
    }
  }

  /// Takes the connection out of its framing, with what has arrived behind the present frame; false
  /// where it has ended or was taken before.
  boolean detach(StreamTaker to) {
    if (!open || taker != null) {
      return false;
    }
    taker = to;
    if (!cutting) {
      handOver();
    }
    return true;
  }

  private void handOver() {
    flush();
    if (open && !output.isEmpty()) {
      // Not even the answer to its ConnectionBind was read.
      streams.loop().tally().count(Counter.STREAMS_SLOW);
      close();
    }
    if (open) {
      detached = new DetachedStream(this, socket);
      byte[] rest = partial;
      int length = partialLength;
      partial = NOTHING;
      partialLength = 0;
      taker.taken(detached, rest, 0, length);
    }
  }

  // A framer that still cannot tell after a whole frame's worth never will.
  private static boolean full(int available) {
    return available >= Framer.MAXIMUM;
  }

  private void heard() {
    framed = true;
    lastHeard = streams.loop().now();
  }

  private void keep(byte[] octets, int at, int length) {
    if (length > partial.length || length == 0 && partial.length > 4096) {
      partial = length == 0 ? NOTHING : new byte[Math.max(256, Integer.highestOneBit(length) << 1)];
    }
    System.arraycopy(octets, at, partial, 0, length);
    partialLength = length;
  }

  // The client has ended its side. It may still read: what is queued is written, then we end ours.
  private void end() {
    inputEnded = true;
    lastHeard = streams.loop().now();
    flush();
    if (open) {
      interest();
    }
  }

  /// Queues a message; a client that does not read is closed before it costs more memory.
  boolean transmit(byte[] octets, int at, int length) {
    if (!output.fits(length) || dirty && socket.recordsWrites()) {
      flush();
    }
    if (open && !output.fits(length)) {
      streams.loop().tally().count(Counter.STREAMS_SLOW);
      close();
    }
    if (!open || detached != null) {
      return false;
    }
    output.add(octets, at, length);
    if (!dirty) {
      dirty = true;
      streams.dirty(this);
    }
    return true;
  }

  @Override
  public void writable() {
    if (detached != null) {
      detached.writable();
    } else {
      flush();
    }
  }

  /// Writes what is queued as far as the kernel takes it.
  void flush() {
    dirty = false;
    if (!open || detached != null) {
      return;
    }
    try {
      if (output.writeTo(socket)) {
        lastHeard = inputEnded ? streams.loop().now() : lastHeard;
      }
      if (inputEnded && output.isEmpty() && taker == null) {
        close();
      } else if (wantsWrite == output.isEmpty()) {
        wantsWrite = !output.isEmpty();
        interest();
      }
    } catch (IOException e) {
      close();
    }
  }

  private void interest() {
    try {
      socket.interest(!inputEnded, wantsWrite);
    } catch (IOException e) {
      close();
    }
  }

  /// Whether the client was silent for longer than it may.
  boolean overdue(long now) {
    if (detached != null) {
      return false;
    }
    StreamLimits limits = streams.limits();
    var patience =
        inputEnded ? limits.lingerFor() : framed ? limits.idleAfter() : limits.firstFrameWithin();
    return now - lastHeard >= patience.toNanos();
  }

  void tellEnded() {
    if (settled) {
      host.intake().closed(socket.path());
    }
  }

  void close() {
    if (open) {
      open = false;
      socket.close();
      streams.ended(this);
      if (taker != null) {
        taker.lost();
      }
    }
  }
}
