package dev.parley.bench;

import dev.parley.protocol.srtp.SrtpSender;
import dev.parley.wire.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/// The one publisher of [FanoutBench]: SRTP packets at the times of a [FanoutPattern], each with a
/// header extension for a transport-wide sequence number as browsers send it. Sends on its own
/// thread.
final class FanoutSource {
  static final int PAYLOAD_TYPE = 96;
  static final int SSRC = 0x5f5f_0001;

  /// The id of the header extension in offers.
  static final int TRANSPORT_EXTENSION = 3;

  private static final int HEADER = 20;
  private static final int CLOCK = 90_000;
  private static final long KEY_FRAME_EVERY = 10L * FanoutPattern.FRAMES_A_SECOND;

  private final DatagramChannel channel;
  private final SrtpSender srtp;
  private final SrtpSender.Stream stream;
  private final boolean reports;
  private final byte[] header = new byte[HEADER];
  private final byte[] payload = new byte[FanoutPattern.PAYLOAD];
  private final byte[] report = new byte[28];
  private final byte[] out = new byte[2048];
  private final ByteBuffer outBuffer = ByteBuffer.wrap(out);
  private final int[] sizes = new int[8];
  private long number;
  private long frame;
  private long octets;
  private volatile boolean keyFrameWanted = true;

  /// @param channel connected to the server
  /// @param reports whether a sender report is sent each second
  FanoutSource(DatagramChannel channel, SrtpSender srtp, boolean reports) {
    this.channel = channel;
    this.srtp = srtp;
    this.stream = srtp.stream(SSRC);
    this.reports = reports;
  }

  /// Makes the next frame a key frame; from any thread.
  void keyFrame() {
    keyFrameWanted = true;
  }

  /// Sends for so long.
  ///
  /// @param speed 1, or more to warm a server up
  /// @return packets sent
  long run(FanoutPattern pattern, double seconds, int speed) throws IOException {
    long frames = Math.round(seconds * FanoutPattern.FRAMES_A_SECOND * speed);
    long began = System.nanoTime();
    long first = number;
    for (long i = 0; i < frames; i++) {
      pattern.sizes(i, sizes);
      int parts = FanoutPattern.parts(i);
      boolean key = keyFrameWanted || frame % KEY_FRAME_EVERY == 0;
      keyFrameWanted = false;
      for (int part = 0; part < parts; part++) {
        await(began + pattern.due(i, part, number - first) / speed);
        send(sizes[part], part == 0, part == parts - 1, key);
      }
      if (reports && frame % FanoutPattern.FRAMES_A_SECOND == 0) {
        report();
      }
      frame++;
    }
    return number - first;
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      if (left > 60_000) {
        LockSupport.parkNanos(left - 50_000);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private void send(int length, boolean first, boolean last, boolean key) throws IOException {
    Octets.put8(header, 0, 0x90);
    Octets.put8(header, 1, last ? 0x80 | PAYLOAD_TYPE : PAYLOAD_TYPE);
    Octets.put16(header, 2, (int) number);
    Octets.put32(header, 4, timestamp());
    Octets.put32(header, 8, SSRC);
    Octets.put32(header, 12, 0xbede_0001);
    Octets.put8(header, 16, TRANSPORT_EXTENSION << 4 | 1);
    Octets.put16(header, 17, (int) number);
    FanoutPayload.write(payload, 0, length, number, frame, first, key);
    int total = stream.protect(header, 0, HEADER, payload, 0, length, out, 0);
    number++;
    octets += length;
    outBuffer.limit(total).position(0);
    channel.write(outBuffer);
  }

  private int timestamp() {
    return (int) (frame * CLOCK / FanoutPattern.FRAMES_A_SECOND);
  }

  // RFC 3550, section 6.4.1, without report blocks.
  private void report() throws IOException {
    Octets.put32(report, 0, 0x80c8_0006);
    Octets.put32(report, 4, SSRC);
    long millis = System.currentTimeMillis();
    Octets.put32(report, 8, (int) (millis / 1_000 + 2_208_988_800L));
    Octets.put32(report, 12, (int) ((millis % 1_000 << 32) / 1_000));
    Octets.put32(report, 16, timestamp());
    Octets.put32(report, 20, (int) number);
    Octets.put32(report, 24, (int) octets);
    int total = srtp.protectRtcp(report, 0, report.length, out, 0);
    outBuffer.limit(total).position(0);
    channel.write(outBuffer);
  }
}
