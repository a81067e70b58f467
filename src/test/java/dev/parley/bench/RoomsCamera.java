package dev.parley.bench;

import java.util.List;
import java.util.Random;

/// A camera as a browser sends it: VP8 in up to three encodings of three temporal layers each, the
/// parts of a frame close together, key frames where they are asked for. Confined to the media
/// thread.
final class RoomsCamera {
  private static final long SECOND = 1_000_000_000L;
  private static final int PART = 1_100;

  /// A key frame is as large as so many others.
  private static final int KEY = 5;

  private static final long BETWEEN_KEYS = 300_000_000L;

  /// TID of four frames (three temporal layers), and which of them refer to the base alone.
  private static final int[] TEMPORAL = {0, 2, 1, 2};

  private static final boolean[] SYNC = {false, true, true, false};

  private final RoomsRow row;
  private final int number;
  private final Random random;
  private final RoomsOutgoing[] encodings;
  private final Encoding[] states;
  private final byte[] payload = new byte[1_250];
  private final long apart;
  private final List<List<RoomsFilm.Frame>> takes;
  private long due;
  private int timestamp;

  /// Where an encoding is.
  private static final class Encoding {
    private boolean wanted = true;
    private boolean keyWanted = true;
    private long keyAt;
    private int picture;
    private int tl0;
    private int step;
    private int frame;
  }

  /// @param takes what it shows, a list of pictures for each encoding; without any, packets look
  ///   like pictures and are none
  RoomsCamera(
      RoomsOutgoing[] encodings,
      RoomsRow row,
      int number,
      List<List<RoomsFilm.Frame>> takes,
      long now) {
    this.takes = takes;
    this.encodings = encodings;
    this.row = row;
    this.number = number;
    this.random = new Random(number);
    this.apart = SECOND / row.frames();
    this.due = now + random.nextLong(apart);
    this.timestamp = random.nextInt();
    this.states = new Encoding[encodings.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = new Encoding();
      states[i].picture = random.nextInt(0x8000);
      states[i].tl0 = random.nextInt(256);
    }
  }

  RoomsOutgoing[] encodings() {
    return encodings;
  }

  /// A key frame is asked of an SSRC.
  void keyFrame(int ssrc) {
    for (int i = 0; i < encodings.length; i++) {
      states[i].keyWanted |= encodings[i].ssrc() == ssrc;
    }
  }

  /// Whether anybody has use for an encoding.
  void wanted(int encoding, boolean is) {
    states[encoding].keyWanted |= is && !states[encoding].wanted;
    states[encoding].wanted = is;
  }

  /// Sends what is due; says by how much it is late, or -1 where nothing was.
  long tick(long now, long wallOffset) {
    long late = now - due;
    if (late < 0) {
      return -1;
    }
    for (int i = 0; i < encodings.length; i++) {
      if (states[i].wanted) {
        frame(i, now, wallOffset);
      }
    }
    due += apart;
    timestamp += 90_000 / row.frames();
    return late;
  }

  private void frame(int encoding, long now, long wallOffset) {
    Encoding state = states[encoding];
    boolean key = state.keyWanted && (state.keyAt == 0 || now - state.keyAt > BETWEEN_KEYS);
    boolean over = !takes.isEmpty() && state.step == takes.get(encoding).size();
    if (key || over) {
      state.keyWanted = false;
      state.keyAt = now;
      state.step = 0;
    }
    RoomsFilm.Frame shown = takes.isEmpty() ? null : takes.get(encoding).get(state.step);
    int temporal = shown == null ? TEMPORAL[state.step & 3] : shown.temporal();
    if (temporal == 0) {
      state.tl0 = state.tl0 + 1 & 0xff;
    }
    state.picture = state.picture + 1 & 0x7fff;
    if (shown == null) {
      seeming(encoding, key, now, wallOffset);
    } else {
      parts(encoding, shown, now, wallOffset);
    }
    state.step++;
    state.frame++;
  }

  private void seeming(int encoding, boolean key, long now, long wallOffset) {
    int average = row.bitrate(encoding) / 8 / row.frames();
    int size = (key ? KEY : 1) * (average * 3 / 4 + random.nextInt(average / 2 + 1));
    parts(
        encoding, Math.max(size, RoomsPayload.VP8_AT + RoomsPayload.LENGTH), key, now, wallOffset);
  }

  // A picture and the mark behind it. Chromium's VP8 has the same pattern of layers as is here.
  private void parts(int encoding, RoomsFilm.Frame shown, long now, long wallOffset) {
    Encoding state = states[encoding];
    byte[] picture = shown.octets();
    int size = picture.length + RoomsPayload.LENGTH;
    int parts = (size + PART - 1) / PART;
    int at = 0;
    for (int part = 0; part < parts; part++) {
      int slice = size / parts + (part < size % parts ? 1 : 0);
      int length = RoomsPayload.VP8_DESCRIPTOR + slice;
      boolean last = part == parts - 1;
      RoomsPayload.descriptor(
          payload, 0, part == 0, state.picture, state.tl0, shown.temporal(), SYNC[state.step & 3]);
      int of = last ? slice - RoomsPayload.LENGTH : slice;
      System.arraycopy(picture, at, payload, RoomsPayload.VP8_DESCRIPTOR, of);
      at += of;
      if (last) {
        RoomsPayload.write(
            payload,
            RoomsPayload.markAt(0, length),
            number,
            encoding,
            length,
            state.frame,
            System.nanoTime() + wallOffset);
      }
      encodings[encoding].send(payload, length, timestamp, last, -1, now);
    }
  }

  // As libwebrtc cuts a frame: parts differ by one octet at most.
  private void parts(int encoding, int size, boolean key, long now, long wallOffset) {
    Encoding state = states[encoding];
    int parts = (size + PART - 1) / PART;
    int down = encodings.length - 1 - encoding;
    for (int part = 0; part < parts; part++) {
      int length = size / parts + (part < size % parts ? 1 : 0);
      RoomsPayload.vp8(
          payload,
          0,
          part == 0,
          key,
          state.picture,
          state.tl0,
          TEMPORAL[state.step & 3],
          SYNC[state.step & 3],
          1280 >> down,
          720 >> down);
      RoomsPayload.write(
          payload,
          RoomsPayload.VP8_AT,
          number,
          encoding,
          length,
          state.frame,
          System.nanoTime() + wallOffset);
      encodings[encoding].send(payload, length, timestamp, part == parts - 1, -1, now);
    }
  }
}
