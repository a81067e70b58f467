package dev.parley.engine.sfu;

/// Picture numbers of the outgoing stream across drops and switches: picture id and TL0PICIDX of
/// VP8 (RFC 7741 section 4.2) and VP9 (RFC 9628 section 4.2), and the frame number of dependency
/// descriptors (AV1 RTP section A.8). Confined to the loop of its subscription; holds offsets,
/// writes nothing.
///
/// Pictures that are dropped close the gap, since a receiver of VP8 holds back a picture of an
/// upper temporal layer while a picture id between it and its base is missing. A source whose
/// pictures must not close it (VP9: P_DIFF counts by picture id) drops them unnamed. Frame numbers
/// never close it, as references count by them.
final class Pictures {
  /// No picture number.
  static final int NONE = -1;

  private int offset;
  private int tl0Offset;
  private int frameOffset;
  private int seen = NONE;
  private int lastPicture = NONE;
  private int lastTl0 = NONE;
  private int lastFrame = NONE;
  private int dropped;

  /// The first packet after a switch: pictures go on behind the last one.
  void start(int picture, int tl0, int frame) {
    dropped = 0;
    offset = lastPicture == NONE || picture == NONE ? 0 : lastPicture + 1 - picture;
    tl0Offset = lastTl0 == NONE || tl0 == NONE ? 0 : lastTl0 + 1 - tl0;
    frameOffset = lastFrame == NONE || frame == NONE ? 0 : lastFrame + 1 - frame;
    forwarded(picture, tl0, frame);
  }

  /// The first packet after dropped ones of the same source.
  void resume() {
    offset -= dropped;
    dropped = 0;
  }

  /// A packet newer than all others goes out.
  void forwarded(int picture, int tl0, int frame) {
    if (picture != NONE) {
      seen = picture;
      lastPicture = picture + offset & 0xffff;
    }
    if (tl0 != NONE) {
      lastTl0 = tl0 + tl0Offset & 0xff;
    }
    if (frame != NONE) {
      lastFrame = frame + frameOffset & 0xffff;
    }
  }

  /// A packet newer than all others is dropped.
  void dropped(int picture) {
    if (picture != NONE && picture != seen) {
      seen = picture;
      dropped++;
    }
  }

  int offset() {
    return offset;
  }

  int tl0Offset() {
    return tl0Offset;
  }

  int frameOffset() {
    return frameOffset;
  }
}
