package dev.parley.bench;

import java.util.Random;

/// A microphone as a browser sends it: Opus of 20 ms, 80 to 120 octets, with audio levels; those
/// who are silent may send next to nothing (DTX). Confined to the media thread.
final class RoomsVoice {
  private static final long FRAME = 20_000_000L;
  private static final int SAMPLES = 960;
  private static final int SILENT = 127;
  private static final int VOICE = 0x80;

  /// How long somebody has the word.
  private static final long TURN = 3_000_000_000L;

  private final RoomsOutgoing outgoing;
  private final RoomsRow row;
  private final int number;
  private final int place;
  private final Random random;
  private final byte[] payload = new byte[160];
  private long due;
  private int timestamp;
  private int frame;

  RoomsVoice(RoomsOutgoing outgoing, RoomsRow row, int number, int place, long now) {
    this.outgoing = outgoing;
    this.row = row;
    this.number = number;
    this.place = place;
    this.random = new Random(number);
    this.due = now + random.nextLong(FRAME);
    this.timestamp = random.nextInt();
  }

  RoomsOutgoing outgoing() {
    return outgoing;
  }

  /// Sends what is due; says by how much it is late, or -1 where nothing was.
  long tick(long now, long wallOffset) {
    long late = now - due;
    if (late < 0) {
      return -1;
    }
    boolean speaks = speaks(now);
    int length = 80 + random.nextInt(41);
    RoomsPayload.write(
        payload,
        RoomsPayload.OPUS_AT,
        number,
        RoomsPayload.AUDIO,
        length,
        frame++,
        System.nanoTime() + wallOffset);
    int level = speaks ? VOICE | 15 + random.nextInt(25) : SILENT;
    outgoing.send(payload, length, timestamp, false, level, now);
    long steps = speaks ? 1 : row.silence() / 20;
    due += steps * FRAME;
    timestamp += (int) steps * SAMPLES;
    return late;
  }

  private boolean speaks(long now) {
    long turn = now / TURN;
    long ahead = Math.floorMod(place - turn, row.voices());
    return ahead < row.speaking();
  }
}
